import type { Store } from '../store/open.ts';
import { moveSlot, subscriptionsDueAfter } from '../store/next-due.ts';
import { nextSlot } from './slot.ts';

/** A week, and a day for what a zone's clocks may do: no schedule's next slot is further off. */
const FARTHEST_MS = 8 * 86_400_000;

/**
 * Brings back the next slots that a clock which ran ahead has put further off than a schedule can.
 * What was posted meanwhile stays posted: no local date has two digests.
 */
export async function bringBackSlots(store: Store, now: Date): Promise<void> {
  const farthest = new Date(now.getTime() + FARTHEST_MS).toISOString();
  for (const subscription of await subscriptionsDueAfter(store, farthest)) {
    await moveSlot(store, subscription, nextSlot(subscription, now).due);
  }
}
