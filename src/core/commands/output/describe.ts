import { Temporal } from 'temporal-polyfill';
import { dayAndMonth } from '../../compose.ts';
import type { Subscription } from '../command.ts';
import { describeTopics } from '../input/topic-list.ts';
import { describeDays } from '../input/when.ts';
import { counted } from './reply.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A moment as a channel reads it: `Wednesday 25 November at 09:00 (Europe/Berlin), in 9 hours`.
 * `timezone` is an IANA name.
 */
export function describeMoment(moment: Date, timezone: string, now: Date): string {
  const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(
    timezone,
  );
  const day = dayAndMonth(local.toPlainDate().toString());
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${day} at ${time} (${timezone}), ${fromNow(moment.getTime() - now.getTime())}`;
}

/** `in 9 hours`, `in 3 days`; a moment that has come is `any moment now`. */
function fromNow(ms: number): string {
  if (ms < MINUTE_MS) return 'any moment now';
  // Up to two days hours say more, and minutes up to two hours.
  if (ms < 2 * HOUR_MS) return `in ${amount(ms / MINUTE_MS, 'minute')}`;
  if (ms < 2 * DAY_MS) return `in ${amount(ms / HOUR_MS, 'hour')}`;
  return `in ${amount(ms / DAY_MS, 'day')}`;
}

function amount(value: number, unit: string): string {
  const whole = Math.round(value);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

/** A subscription in one sentence, without its next moment. */
export function describeSubscription(
  { count, at, timezone, days, topics }: Subscription,
  whoGets = 'This channel gets',
): string {
  const when = `${describeDays(days)} at ${at} (${timezone})`;
  return `${whoGets} ${counted(count, 'paper')} ${when}${describeTopics(topics)}.`;
}
