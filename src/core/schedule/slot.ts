import { Temporal } from 'temporal-polyfill';
import type { DateString } from '../paper.ts';

/** When a channel wants its digest: a wall-clock time on some weekdays of one time zone. */
export interface Schedule {
  /** `HH:MM`. */
  readonly at: string;
  /** IANA name. */
  readonly timezone: string;
  /** ISO weekdays, 1 = Monday; never empty. */
  readonly days: readonly number[];
}

/** One due moment of a schedule. */
export interface Slot {
  readonly due: Date;
  /** The day it belongs to, in the schedule's zone; names the slot. */
  readonly localDate: DateString;
}

/**
 * The first slot strictly after `after`. A time that a clock change skips falls as much later as
 * the gap is long, and a time that comes twice is taken the first time (Temporal's "compatible").
 */
export function nextSlot(schedule: Schedule, after: Date): Slot {
  const today = localDay(schedule, after);
  // From yesterday: a late-evening time inside a gap at midnight falls on the next calendar day.
  for (let offset = -1; offset <= 8; offset += 1) {
    const date = today.add({ days: offset });
    if (!schedule.days.includes(date.dayOfWeek)) continue;
    const due = dueOn(schedule, date);
    if (due > after) return { due, localDate: date.toString() };
  }
  throw new RangeError(`A schedule without days has no next slot: ${JSON.stringify(schedule)}`);
}

/**
 * The slots from `from` to `until`, both included, oldest first; at most the newest `most`. The
 * first of them is `from` itself, whatever the schedule has become since it was set.
 */
export function slotsBetween(schedule: Schedule, from: Date, until: Date, most: number): Slot[] {
  const slots: Slot[] = [slotAt(schedule, from)];
  for (;;) {
    const next = nextSlot(schedule, slots.at(-1)?.due ?? from);
    if (next.due > until) return slots.slice(-most);
    slots.push(next);
  }
}

/** The slot that is due at exactly `due`: its local day may differ from the zone's date then. */
function slotAt(schedule: Schedule, due: Date): Slot {
  const slot = nextSlot(schedule, new Date(due.getTime() - 1));
  return slot.due.getTime() === due.getTime()
    ? slot
    : { due, localDate: localDay(schedule, due).toString() };
}

/** The day that it is in the schedule's zone. */
export function localDay(
  { timezone }: Pick<Schedule, 'timezone'>,
  instant: Date,
): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
}

function dueOn(schedule: Schedule, date: Temporal.PlainDate): Date {
  const zoned = date.toZonedDateTime({ timeZone: schedule.timezone, plainTime: schedule.at });
  return new Date(zoned.epochMilliseconds);
}
