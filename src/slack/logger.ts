import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../core/index.ts';

/**
 * Bolt's words in our log. What it says at debug level goes nowhere, since that holds whole
 * payloads with what people wrote and, in Socket Mode, tokens.
 */
export function toBoltLogger(log: Log): Logger {
  const say =
    (write: Log['warn']) =>
    (...words: unknown[]) => {
      write({ detail: words.map(toText).join(' ') }, 'Slack’s client has something to say');
    };
  return {
    debug: () => undefined,
    info: say((fields, message) => {
      log.debug(fields, message);
    }),
    warn: say((fields, message) => {
      log.warn(fields, message);
    }),
    error: say((fields, message) => {
      log.error(fields, message);
    }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function toText(word: unknown): string {
  if (typeof word === 'string') return word;
  return word instanceof Error ? word.message : typeof word;
}
