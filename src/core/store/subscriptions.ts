import { sql, type Selectable } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { LAYOUTS, type Layout, type Subscription, type TopicsWish } from '../subscription.ts';
import { isOfLibrary } from './libraries.ts';
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
    silent: subscription.silent === true ? 1 : 0,
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
export const PLANNED = {
  plan_failures: 0,
  plan_failure: null,
  plan_failed_at: null,
  plan_retry_at: null,
} as const;

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

/** Who made a subscription; of long ago only the name within the channel's tenant is known. */
const MAKER = sql`platform, iif(created_in = '', tenant, created_in), created_by`;

/** The subscriptions that go by one reader's taste, whichever name of their library made them. */
export async function personalSubscriptions(
  store: Store,
  reader: ReaderRef,
): Promise<Subscription[]> {
  const rows = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where('personal', '=', 1)
    .where(isOfLibrary(MAKER, reader))
    .execute();
  return rows.map(toSubscription);
}

/** The channels of a platform that want digests. */
export async function subscribedChannels(store: Store, platform: string): Promise<ChannelRef[]> {
  return store
    .selectFrom('subscriptions')
    .select(['platform', 'tenant', 'channel'])
    .where('platform', '=', platform)
    .execute();
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
    ...(row.silent === 1 && { silent: true }),
    nextDue: new Date(row.next_due),
  };
}

/** A layout of a later version reads as the usual one. */
function toLayout(text: string): Layout {
  return LAYOUTS.find((layout) => layout === text) ?? 'thread';
}
