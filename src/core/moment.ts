import { Temporal } from 'temporal-polyfill';
import { dayAndMonth } from './compose.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A moment as a channel reads it: `Wednesday 25 November at 09:00 (Europe/Berlin), in 9 hours`.
 * `timezone` is an IANA name.
 */
export function describeMoment(moment: Date, timezone: string, now: Date): string {
  return `${momentIn(moment, timezone)}, ${fromNow(moment.getTime() - now.getTime())}`;
}

/** `Wednesday 25 November at 09:00 (Europe/Berlin)`. */
export function momentIn(moment: Date, timezone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(
    timezone,
  );
  const day = dayAndMonth(local.toPlainDate().toString());
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${day} at ${time} (${timezone})`;
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
