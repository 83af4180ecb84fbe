import { Temporal } from 'temporal-polyfill';
import type { DateString } from '../paper.ts';
import type { LastDrawn } from '../store/digest-history.ts';

/** After a pause a digest looks back this many lists, so that it never floods a channel. */
export const LOOK_BACK_DAYS = 7;

/** The leading source's newest lists: one that has closed, and one that may still be open. */
export interface NewestLists {
  readonly closed: DateString;
  readonly opened: DateString;
}

/** The lists after `last` up to `newest`, newest first; the newest alone for a first digest. */
export function listsSince(last: DateString | undefined, newest: DateString): DateString[] {
  if (last === undefined) return [newest];
  const dates: DateString[] = [];
  let date = Temporal.PlainDate.from(newest);
  while (date.toString() > last && dates.length < LOOK_BACK_DAYS) {
    dates.push(date.toString());
    date = date.subtract({ days: 1 });
  }
  return dates;
}

/**
 * The channel's lists of the last so many days, up to the last one that it has drawn from. None is
 * older than that and a week, which passes between two digests at most: after a longer pause the
 * past is let be.
 */
export function drawnLists({ first, date }: LastDrawn, days: number, now: Date): DateString[] {
  const oldest = daysBefore(now.toISOString().slice(0, 'YYYY-MM-DD'.length), days + 7);
  const drawn = listsSince(daysBefore(date, days), date);
  return drawn.filter((day) => day >= first && day >= oldest);
}

function daysBefore(date: DateString, days: number): DateString {
  return Temporal.PlainDate.from(date).subtract({ days }).toString();
}
