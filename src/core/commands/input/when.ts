import { UserError } from '../../errors.ts';
import type { Trust } from '../command.ts';
import { isSlip } from '../nearest.ts';
import { fitting } from './fits.ts';
import { said } from './words.ts';

/** Days in ISO order, Monday first: a weekday's number is its index plus one. */
const DAY_NAMES = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];

/** When a digest comes unless asked otherwise: the start of a working day. */
export const DEFAULT_AT = '09:00';

const DAY_GROUPS: Readonly<Record<string, readonly number[]>> = {
  daily: EVERY_DAY,
  everyday: EVERY_DAY,
  all: EVERY_DAY,
  weekdays: WEEKDAYS,
  weekday: WEEKDAYS,
  workdays: WEEKDAYS,
  workday: WEEKDAYS,
  weekends: WEEKEND,
  weekend: WEEKEND,
};

/**
 * A time of day as `HH:MM`, from `09:00`, `9`, `9am`, `9:30 pm`, `9.30`, `21h`, `21h30`, `0900`, `900`,
 * `noon` or `midnight`. Throws `UserError`.
 */
export function parseTime(text: string): string {
  const given = text
    .trim()
    .toLowerCase()
    .replace(/\s*o[’']?clock$/, '');
  if (given === 'noon') return '12:00';
  if (given === 'midnight') return '00:00';
  const match = /^(?:at\s+)?(\d{1,2})(?:\s*[:.h]\s*(\d{2})?|(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?$/.exec(
    given,
  );
  const hour = toHour(Number(match?.[1] ?? NaN), match?.[4]);
  const minute = Number(match?.[2] ?? match?.[3] ?? 0);
  if (hour === undefined || minute > 59) {
    throw new UserError(`${said(text)} is no time of day. Write it like 09:00, 9am or 9:30pm.`);
  }
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Whether a word is a time of day, or one that went wrong: `25:00`, `9am9am`. */
export function isLikeTime(word: string): boolean {
  return /^-?\d+(?:$|[:.]|-(?=\d|$)|\s*h(?=\d|$)|\s*[ap]\.?m)/i.test(word);
}

function toHour(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (!(hour >= 1 && hour <= 12)) return undefined;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}

/**
 * ISO weekdays (1 = Monday) in order, from `daily`, `weekdays`, `weekends`, `mon,thu`, `mon-fri`,
 * `weekly on friday`, `7 days a week` or several of these. Names may be cut to two letters. Throws
 * `UserError`.
 */
export function parseDays(text: string): number[] {
  const words = text
    .toLowerCase()
    .replace(/\b(?:every|each)\s+day\b|\b(?:7|seven)\s+days\s+(?:a|per)\s+week\b/g, 'daily')
    .replace(/\b(?:5|five)\s+days\s+(?:a|per)\s+week\b/g, 'weekdays')
    .replace(/\b(?:digest|on|every|each|weekly|and|the)\b/g, ' ')
    .replace(/\s*(?:[-–—]|\b(?:to|till|until|through|thru)\b)\s*/g, '-')
    .split(/[\s,;&+/]+/)
    .filter((word) => word !== '');
  const days = words.map(toDays);
  if (days.length === 0 || days.includes(undefined)) {
    throw new UserError(
      `I don’t know which days ${said(text)} are. ` +
        'Write daily, weekdays, weekends, mon-fri, or names like mon,thu.',
    );
  }
  return [...new Set(days.flatMap((some) => some ?? []))].sort((a, b) => a - b);
}

/** Weekdays that are words of other meaning, or in capitals the short name of one: SAT, SUN. */
const OTHER_WORDS = /^(?:and )?(?:[a-z]{2}|sat|sun|wed|all|[A-Z]{3})$/;

/** Days that are as often something else, and slips, only among other settings. */
export function trustDays(words: string): Trust {
  return isDays(words) && !OTHER_WORDS.test(words) ? 'sure' : 'doubtful';
}

const isDays = fitting(parseDays);

/** Whether a word is a weekday, or nearly one. */
export function isLikeDays(word: string): boolean {
  return isSlip(word, [...DAY_NAMES, ...Object.keys(DAY_GROUPS)]);
}

function toDays(word: string): readonly number[] | undefined {
  if (Object.hasOwn(DAY_GROUPS, word)) return DAY_GROUPS[word];
  const ends = word.split('-').map(toDay);
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined || ends.length > 2) return undefined;
  // A range may pass Sunday: fri-mon.
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function toDay(word: string): number | undefined {
  const name = word.replace(/\.$/, '').replace(/(?<=day)s$/, '');
  if (name.length < 2) return undefined;
  const index = DAY_NAMES.findIndex((day) => day.startsWith(name));
  return index === -1 ? undefined : index + 1;
}

/** The days for the end of a sentence: `every day`, `Monday to Friday`, `on Monday and Thursday`. */
export function describeDays(days: readonly number[]): string {
  const key = [...days].sort((a, b) => a - b).join();
  if (key === EVERY_DAY.join()) return 'every day';
  if (key === WEEKDAYS.join()) return 'Monday to Friday';
  const names = DAY_NAMES.filter((_, index) => days.includes(index + 1)).map(capitalised);
  const last = names.pop() ?? 'no day';
  return names.length === 0 ? `on ${last}` : `on ${names.join(', ')} and ${last}`;
}

/** The seven days to choose from, and the values of those that are chosen. */
export function weekdayOptions(days: readonly number[]) {
  const options = DAY_NAMES.map((name) => ({ label: capitalised(name), value: name.slice(0, 3) }));
  const chosen = options.filter((_, index) => days.includes(index + 1)).map(({ value }) => value);
  return { options, chosen };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
