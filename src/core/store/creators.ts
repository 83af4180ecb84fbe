import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';

/** What an upsert finds there, or where nobody is the creator what it brings. */
export function orElse(column: 'created_by' | 'created_in'): RawBuilder<string> {
  const [own, added] = ['subscriptions', 'excluded'].map((table) => sql.ref(`${table}.${column}`));
  return sql<string>`iif(subscriptions.created_by = '', ${added}, ${own})`;
}

/** Whether the subscription is the reader's. */
export function isCreatedBy({ platform, tenant, user }: ReaderRef): RawBuilder<SqlBool> {
  return sql<SqlBool>`(subscriptions.platform = ${platform} AND subscriptions.created_by = ${user}
    AND iif(subscriptions.created_in = '', subscriptions.tenant, subscriptions.created_in) = ${tenant})`;
}

/** Leaves the reader's subscriptions as they are, of nobody. */
export async function disownSubscriptions(store: Store, reader: ReaderRef): Promise<void> {
  await store
    .updateTable('subscriptions')
    .set({ created_by: '', created_in: '' })
    .where(isCreatedBy(reader))
    .execute();
}
