import type { DateString, Instant } from '../paper.ts';
import type { ListDay, PaperSource } from '../sources/source.ts';

const DAY_MS = 86_400_000;

/** The day `days` after `date` (before, if negative). */
export function addDays(date: DateString, days: number): DateString {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The UTC day of an instant. */
export function utcDay(now: Date): DateString {
  return now.toISOString().slice(0, 10);
}

/** Every day from one to another inclusive, newest first; none if `from` is after `to`. */
export function daysBetween(from: DateString, to: DateString): DateString[] {
  const days: DateString[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) days.push(day);
  return days;
}

/** A day that has a list. */
export interface ListDate {
  readonly date: DateString;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

type Calendar = Pick<PaperSource, 'day'>;

/** No source's day names are further from UTC's than this. */
const ZONE_DAYS = 2;

/** Hugging Face's daily lists begin in May 2023; looking further back finds nothing. */
const FIRST_DATE = '2023-01-01';

/** Further ahead than any run of weekends and holidays. */
const LOOK_AHEAD_DAYS = 14;

/** The newest list that has closed by `now`, or undefined if there is none since 2023. */
export function newestClosedList(calendar: Calendar, now: Date): ListDate | undefined {
  for (let date = addDays(utcDay(now), ZONE_DAYS); date >= FIRST_DATE; date = addDays(date, -1)) {
    const list = toListDate(date, calendar.day(date));
    if (list !== undefined && hasClosed(list, now)) return list;
  }
  return undefined;
}

/** The newest list that has opened by `now`, closed or not, or undefined if there is none since 2023. */
export function newestOpenedList(calendar: Calendar, now: Date): ListDate | undefined {
  const next = nextList(calendar, now);
  return next !== undefined && hasOpened(next, now) ? next : newestClosedList(calendar, now);
}

/** The list that closes next, which may be open already; undefined if none comes within weeks. */
export function nextList(calendar: Calendar, now: Date): ListDate | undefined {
  const before = addDays(utcDay(now), -ZONE_DAYS - 1);
  return firstAfter(calendar, before, (list) => !hasClosed(list, now));
}

/** The first list of a later day than `date`; undefined if none comes within weeks. */
export function nextListAfter(calendar: Calendar, date: DateString): ListDate | undefined {
  return firstAfter(calendar, date, () => true);
}

function firstAfter(
  calendar: Calendar,
  before: DateString,
  isWanted: (list: ListDate) => boolean,
): ListDate | undefined {
  const days = daysBetween(addDays(before, 1), addDays(before, LOOK_AHEAD_DAYS)).reverse();
  return days.flatMap((date) => toListDate(date, calendar.day(date)) ?? []).find(isWanted);
}

/** The day's list, or undefined on a quiet day. */
export function toListDate(date: DateString, day: ListDay): ListDate | undefined {
  return day.kind === 'quiet' ? undefined : { date, opensAt: day.opensAt, closesAt: day.closesAt };
}

export function hasOpened({ opensAt }: ListDate, now: Date): boolean {
  return Date.parse(opensAt) <= now.getTime();
}

export function hasClosed({ closesAt }: ListDate, now: Date): boolean {
  return Date.parse(closesAt) <= now.getTime();
}

/** Whether what was read at `fetchedAt` was the whole list: read after it closed. */
export function isWhole({ closesAt }: ListDate, fetchedAt: Instant | undefined): boolean {
  return fetchedAt !== undefined && Date.parse(fetchedAt) >= Date.parse(closesAt);
}
