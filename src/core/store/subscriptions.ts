import type { Selectable } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { LAYOUTS, type Layout, type Subscription, type TopicsWish } from '../subscription.ts';
import { isPresent } from './departures.ts';
import { mayPlan } from './plan-failures.ts';
import type { Store } from './open.ts';
import type { SubscriptionTable } from './schema/delivery.ts';

/** Creates the channel's subscription, or replaces it. */
export async function putSubscription(
  store: Store,
  subscription: Subscription,
  now: Instant,
): Promise<void> {
  const settings = {
    at: subscription.at,
    timezone: subscription.timezone,
    days: JSON.stringify(subscription.days),
    count: subscription.count,
    topics: JSON.stringify(subscription.topics),
    muted: JSON.stringify(subscription.muted),
    mode: subscription.mode,
    layout: subscription.layout,
    personal: subscription.personal === true ? 1 : 0,
    next_due: subscription.nextDue.toISOString(),
    ...namesOf(subscription.reader),
    ...PLANNED,
  };
  const { platform, tenant, channel } = subscription.channel;
  await store
    .insertInto('subscriptions')
    .values({
      platform,
      tenant,
      channel,
      ...settings,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'tenant', 'channel']).doUpdateSet(settings),
    )
    .execute();
}

/** Replaces the topics that come first in the channel, or those that it mutes, and nothing else. */
export async function setTopics(store: Store, wish: TopicsWish): Promise<void> {
  const { channel, reader, field, topics } = wish;
  await store
    .updateTable('subscriptions')
    .set({ [field]: JSON.stringify(topics), ...namesOf(reader) })
    .where('platform', '=', channel.platform)
    .where('tenant', '=', channel.tenant)
    .where('channel', '=', channel.channel)
    .execute();
}

function namesOf({ user, tenant }: ReaderRef) {
  return { created_by: user, created_in: tenant };
}

/** Its last plan went well. */
const PLANNED = {
  plan_failures: 0,
  plan_failure: null,
  plan_failed_at: null,
  plan_retry_at: null,
} as const;

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

/** The channel's subscription, if it has one. */
export async function getSubscription(
  store: Store,
  ref: ChannelRef,
): Promise<Subscription | undefined> {
  const row = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .executeTakeFirst();
  return row && toSubscription(row);
}

/** The channels of a platform that want digests. */
export async function subscribedChannels(store: Store, platform: string): Promise<ChannelRef[]> {
  return store
    .selectFrom('subscriptions')
    .select(['platform', 'tenant', 'channel'])
    .where('platform', '=', platform)
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

/** Ends the channel's subscription. False when there was none. */
export async function deleteSubscription(store: Store, ref: ChannelRef): Promise<boolean> {
  const result = await store
    .deleteFrom('subscriptions')
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

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

/** A row as the rest of the core knows it. */
export function toSubscription(row: Selectable<SubscriptionTable>): Subscription {
  const { platform, tenant, channel } = row;
  return {
    channel: { platform, tenant, channel },
    reader: { platform, tenant: row.created_in || tenant, user: row.created_by },
    at: row.at,
    timezone: row.timezone,
    days: JSON.parse(row.days) as number[],
    count: row.count,
    topics: JSON.parse(row.topics) as string[],
    muted: JSON.parse(row.muted) as string[],
    mode: row.mode === 'early' ? 'early' : 'settled',
    layout: toLayout(row.layout),
    ...(row.personal === 1 && { personal: true }),
    nextDue: new Date(row.next_due),
  };
}

/** A layout of a later version reads as the usual one. */
function toLayout(text: string): Layout {
  return LAYOUTS.find((layout) => layout === text) ?? 'thread';
}
