import { sql } from 'kysely';
import type { Paper, Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Kept } from '../privacy.ts';
import { isOfLibrary, toReaderKey } from './libraries.ts';
import type { Store } from './open.ts';
import { toPaper } from './papers.ts';
import { inTransaction } from './transaction.ts';

const READER = sql`bookmarks.platform, bookmarks.tenant, bookmarks.reader`;

/**
 * Saves papers for one reader; returns how many were new to the reader's library. What is saved
 * there by another identity of the reader is saved here as well, so that it stays after parting.
 * Unknown papers violate a foreign key.
 */
export async function addBookmarks(
  store: Store,
  reader: ReaderRef,
  papers: readonly string[],
  now: Instant,
): Promise<number> {
  if (papers.length === 0) return 0;
  const key = toReaderKey(reader);
  return inTransaction(store, async (within) => {
    const known = await within
      .selectFrom('bookmarks')
      .select('paper_id')
      .distinct()
      .where(isOfLibrary(READER, reader))
      .where('paper_id', 'in', papers)
      .execute();
    await within
      .insertInto('bookmarks')
      .values(papers.map((paper) => ({ ...key, paper_id: paper, saved_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return new Set(papers).size - known.length;
  });
}

/** Removes papers from one reader's library, whoever saved them; true when any was there. */
export async function removeBookmarks(
  store: Store,
  reader: ReaderRef,
  papers: readonly string[],
): Promise<boolean> {
  if (papers.length === 0) return false;
  const result = await store
    .deleteFrom('bookmarks')
    .where(isOfLibrary(READER, reader))
    .where('paper_id', 'in', papers)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** What a reader saved as that identity alone, the newest first. */
export async function ownBookmarks(store: Store, reader: ReaderRef): Promise<Kept['bookmarks']> {
  const rows = await store
    .selectFrom('bookmarks')
    .innerJoin('papers', 'papers.id', 'bookmarks.paper_id')
    .select(['papers.id', 'papers.title', 'saved_at'])
    .where(({ eb }) => eb.and({ ...toReaderKey(reader) }))
    .orderBy('saved_at', 'desc')
    .orderBy('papers.id')
    .execute();
  return rows.map(({ id, title, saved_at: at }) => ({ id, title, savedAt: new Date(at) }));
}

/** The papers of one reader's library, each once, by when it was first saved: the newest first. */
export async function bookmarksOf(store: Store, reader: ReaderRef): Promise<Paper[]> {
  const rows = await store
    .selectFrom('bookmarks')
    .innerJoin('papers', 'papers.id', 'bookmarks.paper_id')
    .selectAll('papers')
    .where(isOfLibrary(READER, reader))
    .groupBy('papers.key')
    .orderBy(({ fn }) => fn.min('bookmarks.saved_at'), 'desc')
    .orderBy('papers.id')
    .execute();
  return rows.map(toPaper);
}
