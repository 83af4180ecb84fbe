import type { Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Kept } from '../privacy.ts';
import { toReaderKey } from './libraries.ts';
import type { Store } from './open.ts';

/** What is known of a one-time code. */
export interface LinkCode {
  /** Who asked for it. */
  readonly reader: ReaderRef;
  readonly madeAt: Instant;
  /** Null while nothing has ended it but time. */
  readonly ended: 'used' | 'replaced' | null;
}

/** Keeps the hash of a reader's new code, which replaces the one before. */
export async function addLinkCode(
  store: Store,
  reader: ReaderRef,
  hash: string,
  now: Instant,
): Promise<void> {
  const key = toReaderKey(reader);
  await store
    .updateTable('link_codes')
    .set({ ended: 'replaced' })
    .where(({ eb }) => eb.and({ ...key }))
    .where('ended', 'is', null)
    .execute();
  await store
    .insertInto('link_codes')
    .values({ ...key, hash, made_at: now })
    .execute();
}

export async function findLinkCode(store: Store, hash: string): Promise<LinkCode | undefined> {
  const row = await store
    .selectFrom('link_codes')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { platform, tenant, reader: user, made_at: madeAt, ended } = row;
  return { reader: { platform, tenant, user }, madeAt, ended };
}

export async function useLinkCode(store: Store, hash: string): Promise<void> {
  await store.updateTable('link_codes').set({ ended: 'used' }).where('hash', '=', hash).execute();
}

/** The codes that a reader asked for, as far as their hashes are still kept, the newest first. */
export async function codesOf(store: Store, reader: ReaderRef): Promise<Kept['codes']> {
  const rows = await store
    .selectFrom('link_codes')
    .select(['made_at', 'ended'])
    .where(({ eb }) => eb.and({ ...toReaderKey(reader) }))
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map(({ made_at: at, ended }) => ({ madeAt: new Date(at), ended }));
}

/** Forgets codes made before then, and wrong ones counted before. */
export async function forgetCodes(store: Store, before: Instant): Promise<void> {
  await store.deleteFrom('link_codes').where('made_at', '<', before).execute();
  await store.deleteFrom('wrong_codes').where('since', '<', before).execute();
}

/** The wrong codes that a reader wrote, if the first of them was after `start`. */
export async function wrongCodes(store: Store, reader: ReaderRef, start: Instant = '') {
  return store
    .selectFrom('wrong_codes')
    .select(['count', 'since'])
    .where(({ eb }) => eb.and({ ...toReaderKey(reader) }))
    .where('since', '>', start)
    .executeTakeFirst();
}

export async function setWrongCodes(
  store: Store,
  reader: ReaderRef,
  wrong: { readonly count: number; readonly since: Instant },
): Promise<void> {
  await store
    .insertInto('wrong_codes')
    .values({ ...toReaderKey(reader), ...wrong })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'tenant', 'reader']).doUpdateSet({ ...wrong }),
    )
    .execute();
}
