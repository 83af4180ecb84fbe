import { Temporal } from 'temporal-polyfill';
import type { DateString, Instant } from '../../paper.ts';
import type { ListDay } from '../source.ts';

/**
 * Measured by others over 233 weekday lists of 2025 and 2026, and by us over 246: what is submitted
 * from 21:30 Eastern of the day before until 21:30 Eastern of D stands on list D.
 */
const ZONE = 'America/New_York';
const TURN = '21:30';

const SATURDAY = 6;

/**
 * When the list of `date` is open. Saturday and Sunday have none. US holidays have one, though a
 * small one on the day after arXiv's holidays. Throws a `RangeError` when `date` is no date.
 */
export function huggingFaceDay(date: DateString): ListDay {
  const day = Temporal.PlainDate.from(date);
  if (day.dayOfWeek >= SATURDAY) return { kind: 'quiet', reason: 'weekend' };
  return { kind: 'list', opensAt: turnOf(day.subtract({ days: 1 })), closesAt: turnOf(day) };
}

function turnOf(day: Temporal.PlainDate): Instant {
  const turn = day.toZonedDateTime({ timeZone: ZONE, plainTime: TURN });
  return new Date(turn.epochMilliseconds).toISOString();
}
