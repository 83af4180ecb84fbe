import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import type { Log } from './core/log.ts';
import { toPretty, type LogEntry } from './log/pretty.ts';
import { redactJson } from './log/redact.ts';

export { redact } from './log/redact.ts';

/** The least important lines that are still written. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Where lines go. On a terminal they are written for people, elsewhere as JSON. */
export interface LogSink {
  write(line: string): unknown;
  readonly isTTY?: boolean;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * A log whose lines go to stderr, with every secret of a known shape taken out of them, wherever
 * in a line it stands. pino is loaded with the first line, since it is a tenth of the start-up
 * time and most calls of the command line write none.
 */
export function createLog(level: LogLevel, sink: LogSink = process.stderr): Log {
  let logger: Logger | undefined;
  const write = (at: (typeof LEVELS)[number], fields: object, message: string): void => {
    if (level === 'silent' || LEVELS.indexOf(at) < LEVELS.indexOf(level)) return;
    logger ??= createLogger(level, sink);
    logger[at](fields, message);
  };
  return {
    debug: (fields, message) => {
      write('debug', fields, message);
    },
    info: (fields, message) => {
      write('info', fields, message);
    },
    warn: (fields, message) => {
      write('warn', fields, message);
    },
    error: (fields, message) => {
      write('error', fields, message);
    },
  };
}

function createLogger(level: LogLevel, sink: LogSink): Logger {
  const { pino } = createRequire(import.meta.url)('pino') as typeof import('pino');
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are made plain below, in whatever field they stand; pino would do "err" again.
    serializers: { err: (value: unknown) => value },
    formatters: {
      log: (fields: object) =>
        Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, toPlain(value)])),
    },
  };
  const toPlain = (value: unknown): unknown =>
    value instanceof Error ? pino.stdSerializers.errWithCause(value) : value;
  return pino(options, {
    write(line: string) {
      const entry = redactJson(JSON.parse(line)) as LogEntry;
      sink.write(sink.isTTY === true ? toPretty(entry) : `${JSON.stringify(entry)}\n`);
    },
  });
}
