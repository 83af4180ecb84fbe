import { createHash } from 'node:crypto';
import type { Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';

/** Notes that the reader had everything deleted. */
export async function recordErasure(store: Store, reader: ReaderRef, now: Instant): Promise<void> {
  await store
    .insertInto('erasures')
    .values({ reader: hashOf(reader), erased_at: now })
    .onConflict((conflict) => conflict.column('reader').doUpdateSet({ erased_at: now }))
    .execute();
}

/** When the reader last had everything deleted, as far as that is still known. */
export async function erasureOf(store: Store, reader: ReaderRef): Promise<Instant | undefined> {
  const row = await store
    .selectFrom('erasures')
    .select('erased_at')
    .where('reader', '=', hashOf(reader))
    .executeTakeFirst();
  return row?.erased_at;
}

/** Tells of a reader whether they had everything deleted at that instant or later. */
export async function erasedSince(
  store: Store,
  start: Instant,
): Promise<(reader: ReaderRef) => boolean> {
  const rows = await store
    .selectFrom('erasures')
    .select('reader')
    .where('erased_at', '>=', start)
    .execute();
  const hashes = new Set(rows.map(({ reader }) => reader));
  return (reader) => hashes.size > 0 && hashes.has(hashOf(reader));
}

/** Forgets the deletions before then: platforms read no reactions on messages so old. */
export async function forgetErasures(store: Store, before: Instant): Promise<void> {
  await store.deleteFrom('erasures').where('erased_at', '<', before).execute();
}

function hashOf({ platform, tenant, user }: ReaderRef): string {
  return createHash('sha256')
    .update(JSON.stringify([platform, tenant, user]))
    .digest('base64url');
}
