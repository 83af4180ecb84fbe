import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Arrival, OpenArrival } from '../journal.ts';
import type { Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';

type Key = Pick<Arrival, 'platform' | 'tenant' | 'id'>;

/** Writes an arrival down; false when it was there already. */
export async function addArrival(store: Store, arrival: Arrival, now: Instant): Promise<boolean> {
  const { platform, tenant, id, content } = arrival;
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('arrivals')
    .values({ platform, tenant, id, content, received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Forgets what an arrival said, and keeps its id. */
export async function closeArrival(store: Store, key: Key): Promise<void> {
  await select(store, key).set({ content: null }).execute();
}

/** Counts one more attempt that failed. */
export async function countAttempt(store: Store, key: Key): Promise<void> {
  await select(store, key)
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .execute();
}

/** The arrivals that are not dealt with yet, oldest first. */
export async function openArrivals(store: Store, platform: string): Promise<OpenArrival[]> {
  const rows = await store
    .selectFrom('arrivals')
    .select(['platform', 'tenant', 'id', 'content', 'attempts', 'received_at'])
    .where('platform', '=', platform)
    .where('content', 'is not', null)
    .orderBy('received_at')
    .execute();
  return rows.map(({ content, received_at, ...rest }) => ({
    ...rest,
    content: content ?? '',
    receivedAt: new Date(received_at),
  }));
}

/** When what speaks of a reader came, if it is not dealt with yet. */
export async function arrivalsOf(
  store: Store,
  reader: ReaderRef,
): Promise<{ readonly receivedAt: Date }[]> {
  const rows = await store
    .selectFrom('arrivals')
    .select('received_at')
    .where(speaksOf(reader))
    .orderBy('received_at')
    .execute();
  return rows.map((row) => ({ receivedAt: new Date(row.received_at) }));
}

/** Forgets what speaks of a reader, and keeps the ids: sent once more, it brings nothing back. */
export async function closeArrivalsOf(store: Store, reader: ReaderRef): Promise<void> {
  await store.updateTable('arrivals').set({ content: null }).where(speaksOf(reader)).execute();
}

/** In a tenant shared with the reader's, what speaks of them names their own one, too. */
function speaksOf({ platform, tenant, user }: ReaderRef): RawBuilder<SqlBool> {
  const [ofTenant, ofUser] = [tenant, user].map((id) => JSON.stringify(id));
  return sql<SqlBool>`(platform = ${platform} AND content IS NOT NULL
    AND instr(content, ${ofUser}) > 0 AND (tenant = ${tenant} OR instr(content, ${ofTenant}) > 0))`;
}

/** Forgets the ids of what came before then: nothing so old comes again. */
export async function forgetArrivals(store: Store, before: Instant): Promise<void> {
  await store.deleteFrom('arrivals').where('received_at', '<', before).execute();
}

function select(store: Store, { platform, tenant, id }: Key) {
  return store
    .updateTable('arrivals')
    .where('platform', '=', platform)
    .where('tenant', '=', tenant)
    .where('id', '=', id);
}
