import type { Arrival, OpenArrival } from '../journal.ts';
import type { Instant } from '../paper.ts';
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
