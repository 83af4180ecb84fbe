import type { DateString } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { settledDays } from '../store/digest-history.ts';
import type { Store } from '../store/open.ts';
import { localDay, nextSlot, slotsBetween, type Schedule, type Slot } from './slot.ts';

/** Of the slots that were missed, as many are noted: those of a month. */
const MOST_SLOTS = 31;

/** The schedule of one channel. */
export interface ChannelSchedule extends Schedule {
  readonly channel: ChannelRef;
}

/**
 * The slots from `nextDue` to `now` of days that have had none, oldest first. A day counts once,
 * though a schedule that was changed on it may name two moments: the first of them is its slot.
 */
export async function dueSlots(
  store: Store,
  schedule: ChannelSchedule & { readonly nextDue: Date },
  now: Date,
): Promise<Slot[]> {
  const slots = slotsBetween(schedule, schedule.nextDue, now, MOST_SLOTS);
  const taken = await settledDays(store, schedule.channel, earliest(slots));
  const byDay = new Map(slots.toReversed().map((slot) => [slot.localDate, slot]));
  return [...byDay.values()].toReversed().filter(({ localDate }) => !taken.has(localDate));
}

/** The first slot after `after` of a day that has had none, and for which none is planned. */
export async function nextFreeSlot(
  store: Store,
  schedule: ChannelSchedule,
  after: Date,
  planned: readonly Slot[] = [],
): Promise<Slot> {
  const yesterday = localDay(schedule, after).subtract({ days: 1 }).toString();
  const taken = new Set(await settledDays(store, schedule.channel, yesterday));
  for (const { localDate } of planned) taken.add(localDate);
  let slot = nextSlot(schedule, after);
  while (taken.has(slot.localDate)) slot = nextSlot(schedule, slot.due);
  return slot;
}

function earliest(slots: readonly Slot[]): DateString {
  return slots.map(({ localDate }) => localDate).sort()[0] ?? '';
}
