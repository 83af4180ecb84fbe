import type { ChannelRef } from '../platform.ts';
import type { Subscription, SubscriptionWish } from '../subscription.ts';
import { dueSlots, nextFreeSlot } from '../schedule/index.ts';
import { closeCircuit, findCircuit, probeNow } from '../store/circuits.ts';
import { skipWaiting } from '../store/deliveries.ts';
import { recordReturn } from '../store/departures.ts';
import type { Store } from '../store/open.ts';
import { deleteSubscription, getSubscription, putSubscription } from '../store/subscriptions.ts';
import { inTransaction } from '../store/transaction.ts';
import type { ServiceOptions } from './options.ts';

/** Puts the wish into force, in one transaction, so that no digest is planned in between. */
export function subscribe(
  { store, clock }: ServiceOptions,
  wish: SubscriptionWish,
): Promise<Subscription> {
  const now = clock();
  return inTransaction(store, async (transaction) => {
    const subscription = { ...wish, nextDue: await nextDue(transaction, wish, now) };
    await putSubscription(transaction, subscription, now.toISOString());
    await tryAgain(transaction, wish.channel, now);
    return subscription;
  });
}

/**
 * Lets the channel be tried at once: who gives a command sees the bot there, and has perhaps just
 * given it a right. Resolves with what the channel refused it for, if it did.
 */
export async function tryAgain(
  store: Store,
  channel: ChannelRef,
  now: Date,
): Promise<{ readonly refusal?: string }> {
  const circuit = await findCircuit(store, channel);
  await recordReturn(store, channel);
  await probeNow(store, channel, now.toISOString());
  return circuit === undefined ? {} : { refusal: circuit.reason };
}

/** A slot that has come and is not planned yet is still due, whatever the schedule is now. */
async function nextDue(store: Store, wish: SubscriptionWish, now: Date): Promise<Date> {
  const before = await getSubscription(store, wish.channel);
  const since = before && before.nextDue <= now ? { ...wish, nextDue: before.nextDue } : undefined;
  const [missed] = since ? await dueSlots(store, since, now) : [];
  return (missed ?? (await nextFreeSlot(store, wish, now))).due;
}

const UNSUBSCRIBED = 'The channel was unsubscribed.';

/** Ends the channel's digests, those that wait to be posted among them. False when it had none. */
export function unsubscribe({ store }: ServiceOptions, channel: ChannelRef): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    if (!(await deleteSubscription(transaction, channel))) return false;
    await skipWaiting(transaction, channel, UNSUBSCRIBED);
    await closeCircuit(transaction, channel, { inThread: true });
    return true;
  });
}

/** What never shows in the channel, beside what is muted everywhere. */
export async function mutedIn(store: Store, channel: ChannelRef): Promise<readonly string[]> {
  return (await getSubscription(store, channel))?.muted ?? [];
}
