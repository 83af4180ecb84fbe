/** Letters, digits and the signs that need no quotes; anything else is shown as JSON, escaped. */
const PLAIN = /^[\p{L}\p{N}_.,:;/@+~%#&()-]+$/u;

/** pino's numbers: https://github.com/pinojs/pino/blob/main/docs/api.md#loggerlevels-object */
const NAMES: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
};
const ERROR = 50;

/** What pino writes as JSON. */
export type LogEntry = Readonly<Record<string, unknown>>;

/**
 * One of pino's entries as a line for a person: UTC time of day, level, message, fields. An
 * error's stack follows, indented, where the level says that something broke.
 */
export function toPretty({ time, level, msg, ...fields }: LogEntry): string {
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  const head = [clock, (NAMES[Number(level)] ?? '').padEnd(5), typeof msg === 'string' ? msg : ''];
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${show(value)}`);
  const stacks = Number(level) < ERROR ? [] : Object.values(fields).flatMap(framesOf);
  return [[...head, ...rest].join(' '), ...stacks].map((part) => `${escape(part)}\n`).join('');
}

function show(value: unknown): string {
  const text = isFailure(value) ? value.message : value;
  return typeof text === 'string' && PLAIN.test(text) ? text : JSON.stringify(text);
}

function isFailure(value: unknown): value is { readonly message: string; readonly stack: string } {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}

function framesOf(value: unknown): string[] {
  if (!isFailure(value)) return [];
  return value.stack
    .split('\n')
    .filter((line) => /^\s+at |^caused by/.test(line))
    .map((line) => `    ${line.trim()}`);
}

// Text from elsewhere must not steer the terminal: C0 and C1 controls, line and bidi marks.
function escape(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
