import { Temporal } from 'temporal-polyfill';
import type { DateString, Instant } from '../../paper.ts';
import type { ListDay } from '../source.ts';
import { isDeferred } from './holidays.ts';

/** arXiv keeps the time of the US East coast (https://info.arxiv.org/help/availability.html). */
const ZONE = 'America/New_York';

/** Submissions before this time of a weekday are announced with that day's evening. */
const CUTOFF = '14:00';

/**
 * The feed of a batch is built at midnight (https://info.arxiv.org/help/rss.html), but has been up
 * to six hours late: until then a missing batch is awaited, afterwards it is overdue.
 */
const OPENS = '00:00';
const CLOSES = '06:00';

const FRIDAY = 5;
const SATURDAY = 6;
const SUNDAY = 7;

/**
 * When arXiv's list of `date` is to be had. The list of D is the batch that was announced at 20:00
 * Eastern of the evening before, as arXiv's own listings and feeds date it; so there is one on
 * Monday to Friday, except after an evening whose announcement was deferred. Throws a `RangeError`
 * when `date` is no date.
 */
export function arxivDay(date: DateString): ListDay {
  const day = Temporal.PlainDate.from(date);
  const reason = quietReason(day);
  if (reason) return { kind: 'quiet', reason };
  return { kind: 'list', opensAt: at(day, OPENS), closesAt: at(day, CLOSES) };
}

function quietReason(day: Temporal.PlainDate): 'weekend' | 'holiday' | undefined {
  if (day.dayOfWeek >= SATURDAY) return 'weekend';
  return isDeferred(day.subtract({ days: 1 })) ? 'holiday' : undefined;
}

/** From inclusive, to exclusive. */
export interface SubmissionWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * When the papers of that day's list were submitted: from the cutoff of the announcement before to
 * the cutoff of its own. After a deferred announcement the window is longer. Undefined when the day
 * has no list.
 */
export function submissionWindow(date: DateString): SubmissionWindow | undefined {
  const day = Temporal.PlainDate.from(date);
  if (quietReason(day)) return undefined;
  let before = day.subtract({ days: 1 });
  while (quietReason(before)) before = before.subtract({ days: 1 });
  return { from: cutoffOf(before), to: cutoffOf(day) };
}

/** The announcement of Sunday evening holds what came until Friday; the others, until that day. */
function cutoffOf(listDay: Temporal.PlainDate): Instant {
  const evening = listDay.subtract({ days: 1 });
  const back = evening.dayOfWeek === SUNDAY ? SUNDAY - FRIDAY : 0;
  return at(evening.subtract({ days: back }), CUTOFF);
}

/** The day that it is at arXiv. */
export function arxivDate(now: Date): DateString {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(ZONE)
    .toPlainDate()
    .toString();
}

function at(day: Temporal.PlainDate, time: string): Instant {
  const moment = day.toZonedDateTime({ timeZone: ZONE, plainTime: time });
  return new Date(moment.epochMilliseconds).toISOString();
}
