import type { Subscription, SubscriptionWish } from '../subscription.ts';
import { dueSlots, nextFreeSlot } from '../schedule/index.ts';
import { probeNow } from '../store/circuits.ts';
import { recordReturn } from '../store/departures.ts';
import type { Store } from '../store/open.ts';
import { getSubscription, putSubscription } from '../store/subscriptions.ts';
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
    // Who subscribes sees the bot there, and has perhaps just given it a right.
    await recordReturn(transaction, wish.channel);
    await probeNow(transaction, wish.channel, now.toISOString());
    return subscription;
  });
}

/** A slot that has come and is not planned yet is still due, whatever the schedule is now. */
async function nextDue(store: Store, wish: SubscriptionWish, now: Date): Promise<Date> {
  const before = await getSubscription(store, wish.channel);
  const since = before && before.nextDue <= now ? { ...wish, nextDue: before.nextDue } : undefined;
  const [missed] = since ? await dueSlots(store, since, now) : [];
  return (missed ?? (await nextFreeSlot(store, wish, now))).due;
}
