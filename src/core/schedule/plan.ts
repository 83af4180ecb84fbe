import { setImmediate } from 'node:timers/promises';
import type { Archive } from '../archive/index.ts';
import type { Clock } from '../clock.ts';
import type { DigestSettings } from '../digest/index.ts';
import type { Log } from '../log.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from '../store/open.ts';
import { heldUntil } from '../store/outbox-mark.ts';
import { dueSubscriptions, getSubscription } from '../store/subscriptions.ts';
import type { Tastes } from '../tastes/index.ts';
import { inTurn } from './jitter.ts';
import { planDueSlots, type PlanContext } from './plan-slots.ts';
import { readOnce } from './read-once.ts';

export interface PlanOptions {
  readonly store: Store;
  readonly tastes?: Tastes;
  readonly archive: Archive;
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes the digest of every slot that has come. A channel whose planning fails is logged and
 * tried again at the next tick; the others go on. Rejects only when the due ones can't be read.
 */
export async function planDue({ clock, log, archive, ...options }: PlanOptions): Promise<void> {
  const now = clock();
  const due = inTurn(await dueSubscriptions(options.store, now.toISOString()), now);
  if (due.length === 0) return;
  const opened = archive.newestOpened();
  const context = {
    ...options,
    now,
    ...readOnce(options.store),
    states: await archive.states(),
    newestAt: (moment: Date) => ({ closed: archive.newestClosed(moment), opened }),
    heldUntil: await heldUntil(options.store),
  };
  for (const subscription of due) {
    // Lets events through: SQLite answers without ever leaving this turn of the loop.
    await setImmediate();
    try {
      await planOne(context, subscription.channel);
    } catch (error) {
      log.error({ channel: subscription.channel, err: error }, 'a digest could not be planned');
    }
  }
}

/** Reads the subscription anew: planning a crowd takes seconds, in which it may have been changed. */
async function planOne(context: PlanContext, channel: ChannelRef): Promise<void> {
  const subscription = await getSubscription(context.store, channel);
  if (subscription === undefined || subscription.nextDue > context.now) return;
  await planDueSlots(context, subscription);
}
