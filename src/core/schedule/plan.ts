import { setImmediate } from 'node:timers/promises';
import type { Archive } from '../archive/index.ts';
import type { Clock } from '../clock.ts';
import type { DigestSettings } from '../digest/index.ts';
import type { Log } from '../log.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from '../store/open.ts';
import { heldUntil } from '../store/outbox-mark.ts';
import { notePlanFailure } from '../store/plan-failures.ts';
import { dueSubscriptions } from '../store/next-due.ts';
import { getSubscription } from '../store/subscriptions.ts';
import type { Tastes } from '../tastes/index.ts';
import { newestLists } from './in-doubt.ts';
import { inTurn } from './jitter.ts';
import { planDueSlots, type PlanContext } from './plan-slots.ts';
import { readOnce } from './read-once.ts';
import { ripe } from './ripe.ts';

export interface PlanOptions {
  readonly store: Store;
  readonly tastes?: Tastes;
  readonly archive: Archive;
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** When the process, or its machine, was started or woken; long ago if absent. */
  readonly awakeSince?: Date | undefined;
}

/**
 * Writes the digest of every slot that has come; one that has just come waits some minutes for a
 * list that is missing. A channel whose planning fails is logged and noted, and tried again ever
 * less often; the others go on. Once it is called off it begins no further one. Rejects only when
 * the database does.
 */
export async function planDue(
  { clock, log, archive, awakeSince, ...options }: PlanOptions,
  stopping?: AbortSignal,
): Promise<void> {
  const now = clock();
  const due = inTurn(await dueSubscriptions(options.store, now.toISOString()), now);
  if (due.length === 0) return;
  const states = await archive.states();
  const until = await heldUntil(options.store);
  const context = {
    ...options,
    now,
    ...readOnce(options.store),
    states,
    newestAt: (moment: Date) => newestLists(archive, until, moment),
    heldUntil: until,
  };
  for (const { channel } of ripe(due, { states, now, awakeSince })) {
    // Lets events through: SQLite answers without ever leaving this turn of the loop.
    await setImmediate();
    if (stopping?.aborted === true) return;
    try {
      await planOne(context, channel);
    } catch (error) {
      log.error({ channel, err: error }, 'a digest could not be planned');
      await notePlanFailure(options.store, channel, reasonOf(error), now);
    }
  }
}

/** Reads the subscription anew: planning a crowd takes seconds, in which it may have been changed. */
async function planOne(context: PlanContext, channel: ChannelRef): Promise<void> {
  const subscription = await getSubscription(context.store, channel);
  if (subscription === undefined || subscription.nextDue > context.now) return;
  await planDueSlots(context, subscription);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
