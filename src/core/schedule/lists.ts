import { Temporal } from 'temporal-polyfill';
import type { DateString } from '../paper.ts';
import type { Subscription } from '../subscription.ts';
import type { LastDrawn } from '../store/digest-history.ts';
import type { ListAt } from '../store/standings.ts';

/** After a pause a digest looks back this many lists, so that it never floods a channel. */
const LOOK_BACK_DAYS = 7;

/** The leading source's newest lists: one that has closed, and one that may still be open. */
export interface NewestLists {
  readonly closed: DateString;
  readonly opened: DateString;
  /** Those of which a database may have posted papers that this one's backup replaced, if any. */
  readonly lost?: Omit<NewestLists, 'lost'>;
}

/** The newest list that digests of this mode draw from. */
export function newestOf(
  mode: Subscription['mode'],
  { closed, opened }: Omit<NewestLists, 'lost'>,
): DateString {
  return mode === 'early' ? opened : closed;
}

/** Whether a digest that draws up to `newest` may reach back to that list. */
export function reaches(newest: DateString, list: DateString): boolean {
  return list > daysBefore(newest, LOOK_BACK_DAYS);
}

/** The lists after `last` up to `newest`, newest first; the newest alone for a first digest. */
export function listsSince(last: DateString | undefined, newest: DateString): DateString[] {
  if (last === undefined) return [newest];
  return lastDays(newest, LOOK_BACK_DAYS).filter((date) => date > last);
}

/**
 * The channel's lists of the last week up to the last one that it has drawn from, newest first, and
 * when a digest first had drawn from each. None is older than that and a week, which passes between
 * two digests at most: after a longer pause the past is let be.
 */
export function drawnLists({ first, date, at, done }: LastDrawn, now: Date): ListAt[] {
  const oldest = daysBefore(now.toISOString().slice(0, 'YYYY-MM-DD'.length), 2 * LOOK_BACK_DAYS);
  return lastDays(date, LOOK_BACK_DAYS)
    .filter((day) => day >= first && day >= oldest)
    .map((day) => ({ date: day, at: done.find((each) => each.date >= day)?.at ?? at }));
}

/** So many days up to that one, newest first. */
export function lastDays(date: DateString, count: number): DateString[] {
  return Array.from({ length: count }, (_, index) => daysBefore(date, index));
}

export function daysBefore(date: DateString, days: number): DateString {
  return Temporal.PlainDate.from(date).subtract({ days }).toString();
}
