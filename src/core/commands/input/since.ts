import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../errors.ts';
import type { DateString } from '../../paper.ts';
import { said } from './words.ts';

type Unit = 'days' | 'weeks' | 'months' | 'years';

const UNITS: Readonly<Record<string, Unit>> = { d: 'days', w: 'weeks', m: 'months', y: 'years' };

/** arXiv began in August 1991, so an earlier day asks for everything. */
const OLDEST = Temporal.PlainDate.from('1991-01-01');

/** A larger number is a slip: 9999 days reach back 27 years. */
const AMOUNT_MAX = 9999;

/**
 * The first day of a span that lasts until `now`: `2026-08-20`, `2026-08`, `2026`, `today`,
 * `yesterday`, `7d`, `2 weeks`, `3 months ago`, `last week`, `a year`. Days are those of `timezone`
 * (IANA); none is before 1991, when arXiv began. Throws `UserError`, also for a day in the future.
 */
export function parseSince(text: string, now: Date, timezone = 'UTC'): DateString {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  const given = text.trim().toLowerCase();
  const day = calendarDay(given) ?? namedDay(given, today) ?? spanBack(given, today);
  if (day === undefined) {
    throw new UserError(
      `I don’t understand the date ${said(text)}. ` +
        'Write a day like 2026-03-10, or how far back: 7d, 2 weeks, 3 months.',
    );
  }
  if (Temporal.PlainDate.compare(day, today) > 0) {
    throw new UserError(`${said(text)} is in the future; today is ${today.toString()}.`);
  }
  return (Temporal.PlainDate.compare(day, OLDEST) < 0 ? OLDEST : day).toString();
}

/** Words in quotes stay whole; `since:` is outside of them. */
const SINCE = /"[^"]*"|(?<=^|\s)since:\s*(?:"([^"]*)"|(\S+))/giu;

/**
 * Takes `since:7d` or `since:"3 months"` out of a query, the last one if there are several; what it
 * asks for is for `parseSince` to read. Throws `UserError` where nothing else is left to look for.
 */
export function takeSince(query: string): { query: string; since?: string } {
  let since: string | undefined;
  const rest = query.replace(SINCE, (whole: string, quoted?: string, bare?: string) => {
    since = quoted ?? bare ?? since;
    return quoted === undefined && bare === undefined ? whole : ' ';
  });
  if (since === undefined) return { query };
  const left = rest.replace(/\s+/g, ' ').trim();
  if (left !== '') return { query: left, since };
  throw new UserError(
    `Say what to look for besides ${said(query)}, or see all new papers with /papers today.`,
  );
}

function calendarDay(given: string): Temporal.PlainDate | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(given);
  if (match === null) return undefined;
  const [, year, month = 1, day = 1] = match;
  const fields = { year: Number(year), month: Number(month), day: Number(day) };
  try {
    return Temporal.PlainDate.from(fields, { overflow: 'reject' });
  } catch (error) {
    throw new UserError(`There is no day ${said(given)} in the calendar.`, { cause: error });
  }
}

function namedDay(given: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (given === 'today') return today;
  return given === 'yesterday' ? today.subtract({ days: 1 }) : undefined;
}

function spanBack(given: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const match =
    /^(?:(?:the |in the )?(?:last|past) ?)?(\d+|an?)? ?(d|days?|w|weeks?|m|months?|y|years?)(?: ago)?$/.exec(
      given,
    );
  const unit = UNITS[match?.[2]?.charAt(0) ?? ''];
  const amount = /^\d/.test(match?.[1] ?? '') ? Number(match?.[1]) : 1;
  if (unit === undefined || amount > AMOUNT_MAX) return undefined;
  return today.subtract({ [unit]: amount });
}
