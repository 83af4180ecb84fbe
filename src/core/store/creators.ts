import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ReaderRef } from '../platform.ts';
import type { Subscription } from '../subscription.ts';
import type { Store } from './open.ts';
import { toSubscription } from './subscriptions.ts';

/** Whether the subscription is the reader's. */
function isCreatedBy({ platform, tenant, user }: ReaderRef): RawBuilder<SqlBool> {
  return sql<SqlBool>`(subscriptions.platform = ${platform} AND subscriptions.created_by = ${user}
    AND iif(subscriptions.created_in = '', subscriptions.tenant, subscriptions.created_in) = ${tenant})`;
}

/** The subscriptions that a reader created or changed last, by channel. */
export async function subscriptionsOf(
  store: Store,
  reader: ReaderRef,
): Promise<{ readonly subscription: Subscription; readonly createdAt: Date }[]> {
  const rows = await store
    .selectFrom('subscriptions')
    .selectAll()
    .where(isCreatedBy(reader))
    .orderBy('tenant')
    .orderBy('channel')
    .execute();
  return rows.map((row) => ({
    subscription: toSubscription(row),
    createdAt: new Date(row.created_at),
  }));
}

/** Leaves the reader's subscriptions as they are, of nobody. */
export async function disownSubscriptions(store: Store, reader: ReaderRef): Promise<void> {
  await store
    .updateTable('subscriptions')
    .set({ created_by: '', created_in: '' })
    .where(isCreatedBy(reader))
    .execute();
}
