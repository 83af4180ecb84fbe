import { sql } from 'kysely';
import type { DateString, Instant, Paper } from '../paper.ts';
import type { Store } from './open.ts';
import { toPaper, toRow } from './paper-row.ts';
import { inTransaction } from './transaction.ts';
import { upsertPapers } from './upsert.ts';

export { toPaper } from './paper-row.ts';

/** A paper as told at one moment: when its votes were read. */
export interface PaperReading {
  readonly paper: Paper;
  readonly readAt: Instant;
  /** When it came here, if later than it was asked for: a digest made between has not seen it. */
  readonly keptAt?: Instant;
}

/** A paper of some lists, and when its newest votes were read; absent where nobody votes. */
export interface ListedPaper {
  readonly paper: Paper;
  /** When it was first seen on one of the lists; empty for long ago. */
  readonly listedAt: Instant;
  readonly upvotesAt?: Instant;
}

/**
 * How many papers one statement writes. With their full-text entries that is about 10 ms (measured
 * on the corpus), so that nothing else waits long; a daily list fits in one or two.
 */
const BATCH = 50;

/** Most ids in one query: well under SQLite's 32,766 parameters and PostgreSQL's 65,535. */
export const MOST_IDS = 1000;

/**
 * Keeps papers as told at `readAt`, in one transaction (the caller's, if `store` is in one). See
 * `upsertPapers` for what is replaced and what stays. Each vote count becomes a dated reading, and
 * each `listDate` a place on that list. The same call twice changes nothing. Rejects with
 * `StoreError`, and then nothing was kept.
 */
export function savePapers(store: Store, papers: readonly Paper[], readAt: Instant): Promise<void> {
  return saveReadings(
    store,
    papers.map((paper) => ({ paper, readAt })),
  );
}

/** As `savePapers`, for papers that were read at different moments. */
export function saveReadings(store: Store, readings: readonly PaperReading[]): Promise<void> {
  return inTransaction(store, async (transaction) => {
    for (const batch of batches(readings)) await saveBatch(transaction, batch);
  });
}

async function saveBatch(store: Store, batch: readonly PaperReading[]): Promise<void> {
  const rows = batch.map(({ paper, readAt }) => toRow(paper, readAt));
  await upsertPapers(store, rows).execute();
  await saveVotes(store, batch);
  await saveListings(store, batch);
}

async function saveVotes(store: Store, batch: readonly PaperReading[]): Promise<void> {
  const votes = batch.flatMap(({ paper: { id, upvotes }, readAt }) =>
    upvotes === undefined ? [] : [{ paper_id: id, read_at: readAt, upvotes }],
  );
  if (votes.length === 0) return;
  const insert = store.insertInto('vote_readings').values(votes);
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

async function saveListings(store: Store, batch: readonly PaperReading[]): Promise<void> {
  const listings = batch.flatMap(({ paper: { id, source, listDate }, readAt, keptAt = readAt }) =>
    listDate === undefined
      ? []
      : [{ paper_id: id, source, list_date: listDate, listed_at: keptAt }],
  );
  if (listings.length === 0) return;
  const insert = store.insertInto('listings').values(listings);
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

/** In order; an id that comes again starts a new batch, as one statement can't write a row twice. */
function* batches(readings: readonly PaperReading[]): Generator<readonly PaperReading[]> {
  let batch: PaperReading[] = [];
  let ids = new Set<string>();
  for (const reading of readings) {
    if (batch.length === BATCH || ids.has(reading.paper.id)) {
      yield batch;
      batch = [];
      ids = new Set();
    }
    batch.push(reading);
    ids.add(reading.paper.id);
  }
  if (batch.length > 0) yield batch;
}

/** The paper with this base id, or undefined. Rejects with `StoreError`. */
export async function findPaper(store: Store, id: string): Promise<Paper | undefined> {
  return (await findPapers(store, [id]))[0];
}

/** The papers with these base ids, in the order of `ids`; unknown ids are left out. */
export async function findPapers(store: Store, ids: readonly string[]): Promise<Paper[]> {
  const found = new Map<string, Paper>();
  for (let start = 0; start < ids.length; start += MOST_IDS) {
    const wanted = ids.slice(start, start + MOST_IDS);
    const rows = await store.selectFrom('papers').selectAll().where('id', 'in', wanted).execute();
    for (const row of rows) found.set(row.id, toPaper(row));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** A paper's newest votes, when they were read, and its newest list's day. */
export interface VoteCount {
  readonly key: number;
  readonly upvotes: number;
  readonly readAt: Instant | null;
  readonly listDate: DateString | null;
}

/** The votes of the papers of these rows; those that nobody can vote for are left out. */
export async function votesOf(store: Store, keys: readonly number[]): Promise<VoteCount[]> {
  // One statement for any number of rows, and one text back, as the database is in another thread.
  const { rows } = await sql<{ found: string }>`
    SELECT json_group_array(json_array(key, upvotes, upvotes_at, list_date)) AS found
    FROM papers
    WHERE key IN (SELECT value FROM json_each(${JSON.stringify(keys)})) AND upvotes IS NOT NULL
  `.execute(store);
  const found = JSON.parse(rows[0]?.found ?? '[]') as StoredCount[];
  return found.map(([key, upvotes, readAt, listDate]) => ({ key, upvotes, readAt, listDate }));
}

type StoredCount = [
  key: number,
  upvotes: number,
  readAt: Instant | null,
  listDate: DateString | null,
];

/**
 * The papers that stood on the lists of these days, of one source or of all, each once: those of
 * the newest list first, then by votes. A paper that returned on a later list names that one.
 */
export async function papersOfLists(
  store: Store,
  dates: readonly DateString[],
  source?: string,
): Promise<ListedPaper[]> {
  if (dates.length === 0) return [];
  let listed = store
    .selectFrom('listings')
    .select((select) => [
      'paper_id',
      select.fn.min(select.fn.coalesce('listed_at', select.val(''))).as('listed_at'),
    ])
    .where('list_date', 'in', dates)
    .groupBy('paper_id');
  if (source !== undefined) listed = listed.where('source', '=', source);
  const rows = await store
    .selectFrom('papers')
    .innerJoin(listed.as('listed'), 'listed.paper_id', 'papers.id')
    .selectAll('papers')
    .select('listed.listed_at')
    .orderBy('list_date', 'desc')
    .orderBy('upvotes', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    paper: toPaper(row),
    listedAt: row.listed_at,
    ...(row.upvotes_at !== null && { upvotesAt: row.upvotes_at }),
  }));
}

/** How many papers the archive holds. */
export async function countPapers(store: Store): Promise<number> {
  const count = store.fn.countAll<number>().as('count');
  return (await store.selectFrom('papers').select(count).executeTakeFirstOrThrow()).count;
}
