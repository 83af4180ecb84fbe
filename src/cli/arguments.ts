import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { nearest } from '../core/commands/nearest.ts';
import { messageOf, type DateString } from '../core/index.ts';
import { UsageError } from './call.ts';

/** The first year of Hugging Face Daily Papers. */
const FIRST_YEAR = 2023;

/** Parses what follows a call's name. Rejects with `UsageError` for anything not in `config`. */
export function parseArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs({ ...config, strict: true });
  } catch (error) {
    throw new UsageError(toHint(messageOf(error), Object.keys(config.options ?? {})));
  }
}

/** Node's words (https://nodejs.org/api/util.html#utilparseargsconfig) as ours, in one line. */
function toHint(message: string, options: readonly string[]): string {
  const [, named = '', word = ''] = /'(-*([^' ]*)).*?'/.exec(message) ?? [];
  if (message.startsWith('Unknown option')) {
    const [meant] = nearest(word, options);
    const known = options.map((option) => `--${option}`).join(', ');
    const others = known === '' ? 'This call has none.' : `The options are: ${known}.`;
    return `There is no option ${named}. ${meant === undefined ? others : `Did you mean --${meant}?`}`;
  }
  if (message.startsWith('Unexpected argument')) return `I don’t know what “${named}” is for.`;
  if (message.includes('does not take an argument')) return `${named} takes no value.`;
  return /argument (missing|is ambiguous)/.test(message) ? `${named} needs a value.` : message;
}

/** A day of the daily lists: real, not before 2023, and not in the future. */
export function parseDate(name: string, value: string, now: Date): DateString {
  const date = realDate(value);
  if (date === undefined) {
    throw new UsageError(`${name}: “${value}” is no date. Write it as YYYY-MM-DD.`);
  }
  if (date.year < FIRST_YEAR) {
    throw new UsageError(
      `${name}: the daily lists begin in ${FIRST_YEAR}; ${value} is before that.`,
    );
  }
  if (value > now.toISOString().slice(0, 10)) {
    throw new UsageError(`${name}: ${value} is in the future.`);
  }
  return value;
}

function realDate(value: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** A whole number from `min` to `max`. */
export function parseNumber(name: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new UsageError(`${name}: “${value}” is not a whole number from ${min} to ${max}.`);
}

/** One of `choices`. */
export function parseChoice<Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw new UsageError(`${name}: “${value}” is not one of ${choices.join(', ')}.`);
}

/** The parts between commas, trimmed; empty ones are left out. */
export function parseList(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
