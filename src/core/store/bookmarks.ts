import type { Paper, Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';
import { toPaper } from './papers.ts';

/** Saves papers for one reader; returns how many were new. Unknown papers violate a foreign key. */
export async function addBookmarks(
  store: Store,
  reader: ReaderRef,
  papers: readonly string[],
  now: Instant,
): Promise<number> {
  if (papers.length === 0) return 0;
  const { platform, tenant, user } = reader;
  const result = await store
    .insertInto('bookmarks')
    .values(
      papers.map((paper) => ({ platform, tenant, reader: user, paper_id: paper, saved_at: now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

/** Removes papers from one reader's bookmarks; returns how many were there. */
export async function removeBookmarks(
  store: Store,
  reader: ReaderRef,
  papers: readonly string[],
): Promise<number> {
  if (papers.length === 0) return 0;
  const result = await store
    .deleteFrom('bookmarks')
    .where('platform', '=', reader.platform)
    .where('tenant', '=', reader.tenant)
    .where('reader', '=', reader.user)
    .where('paper_id', 'in', papers)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** One reader's papers, newest bookmark first. */
export async function bookmarksOf(store: Store, reader: ReaderRef): Promise<Paper[]> {
  const rows = await store
    .selectFrom('bookmarks')
    .innerJoin('papers', 'papers.id', 'bookmarks.paper_id')
    .selectAll('papers')
    .where('bookmarks.platform', '=', reader.platform)
    .where('bookmarks.tenant', '=', reader.tenant)
    .where('bookmarks.reader', '=', reader.user)
    .orderBy('bookmarks.saved_at', 'desc')
    .orderBy('papers.id')
    .execute();
  return rows.map(toPaper);
}
