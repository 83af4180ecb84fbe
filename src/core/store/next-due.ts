import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Subscription } from '../subscription.ts';
import { isPresent } from './departures.ts';
import type { Store } from './open.ts';
import { mayPlan } from './plan-failures.ts';
import { PLANNED, toSubscription } from './subscriptions.ts';

/** The subscriptions whose next slot has come and may be planned, most overdue first, or so many of them. */
export async function dueSubscriptions(
  store: Store,
  now: Instant,
  most?: number,
): Promise<Subscription[]> {
  const rows = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where('next_due', '<=', now)
    .where(mayPlan(now))
    .where(isPresent('subscriptions'))
    .orderBy('next_due')
    .$if(most !== undefined, (query) => query.limit(most ?? 0))
    .execute();
  return rows.map(toSubscription);
}

/** The subscriptions whose next slot is later than that. */
export async function subscriptionsDueAfter(store: Store, then: Instant): Promise<Subscription[]> {
  const rows = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where('next_due', '>', then)
    .execute();
  return rows.map(toSubscription);
}

/** Sets the next slot, unless it was changed since the subscription was read. */
export async function moveSlot(
  store: Store,
  { channel: { platform, tenant, channel }, nextDue }: Subscription,
  to: Date,
): Promise<void> {
  await store
    .updateTable('subscriptions')
    .set({ next_due: to.toISOString() })
    .where(({ eb }) => eb.and({ platform, tenant, channel }))
    .where('next_due', '=', nextDue.toISOString())
    .execute();
}

/** Moves the channel's subscription to its next slot. */
export async function moveOn(store: Store, ref: ChannelRef, nextDue: Date): Promise<void> {
  await store
    .updateTable('subscriptions')
    .set({ next_due: nextDue.toISOString(), ...PLANNED })
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .execute();
}

/** How many channels where the bot is want digests, and which of them gets the next one. */
export async function nextSubscription(
  store: Store,
): Promise<{ readonly channels: number; readonly next?: Subscription }> {
  const count = store.fn.countAll<number>().as('channels');
  const { channels } = await store
    .selectFrom('subscriptions')
    .select(count)
    .where(isPresent('subscriptions'))
    .executeTakeFirstOrThrow();
  const row = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where(isPresent('subscriptions'))
    .orderBy('next_due')
    .limit(1)
    .executeTakeFirst();
  return { channels, ...(row && { next: toSubscription(row) }) };
}
