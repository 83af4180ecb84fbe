import type { DateString, Instant, Paper } from '../paper.ts';
import type { Fetched } from '../sources/source.ts';
import type { Store } from './open.ts';
import { saveReadings } from './papers.ts';
import { inTransaction } from './transaction.ts';

/** What is known of one fetched list. */
export interface ListRecord {
  readonly listDate: DateString;
  readonly fetchedAt: Instant;
  readonly paperCount: number;
}

/** When a source last answered and last failed; all absent before the first attempt. */
export interface SourceHealth {
  readonly succeededAt?: Instant;
  readonly failedAt?: Instant;
  /** What went wrong at `failedAt`. */
  readonly failure?: string;
  /** The bad items of the last fetch. */
  readonly skipped: Fetched['skipped'];
}

/** A whole list as a source gave it. */
export interface FetchedList {
  readonly source: string;
  readonly date: DateString;
  readonly papers: readonly Paper[];
  readonly skipped: Fetched['skipped'];
  /** When it was asked for. */
  readonly fetchedAt: Instant;
  /** When it had come. */
  readonly keptAt: Instant;
}

/**
 * Keeps a fetched list, its papers and the source's success in one transaction, so that a process
 * killed at any moment has either all of it or nothing. Rejects with `StoreError`.
 */
export function saveList(store: Store, list: FetchedList): Promise<void> {
  const { source, date, papers, skipped, fetchedAt, keptAt } = list;
  const readings = papers.map((paper) => ({ paper, readAt: fetchedAt, keptAt }));
  return inTransaction(store, async (transaction) => {
    await saveReadings(transaction, readings);
    await recordFetch(transaction, source, date, papers.length, fetchedAt);
    await recordSuccess(transaction, source, fetchedAt, skipped);
  });
}

/** Remembers when a list was read and how many papers it had; an older reading changes nothing. */
export function recordFetch(
  store: Store,
  source: string,
  date: DateString,
  count: number,
  fetchedAt: Instant,
): Promise<void> {
  return recordFetches(store, source, [{ listDate: date, paperCount: count, fetchedAt }]);
}

/** As `recordFetch`, for several lists of one source; no day may come twice. */
export async function recordFetches(
  store: Store,
  source: string,
  lists: readonly ListRecord[],
): Promise<void> {
  const rows = lists.map(({ listDate, fetchedAt, paperCount }) => ({
    source,
    list_date: listDate,
    fetched_at: fetchedAt,
    paper_count: paperCount,
  }));
  await store
    .insertInto('lists')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'list_date'])
        .doUpdateSet((eb) => ({
          fetched_at: eb.ref('excluded.fetched_at'),
          paper_count: eb.ref('excluded.paper_count'),
        }))
        .whereRef('excluded.fetched_at', '>=', 'lists.fetched_at'),
    )
    .execute();
}

/** Remembers that a source answered, and which of its items could not be read. */
export async function recordSuccess(
  store: Store,
  source: string,
  at: Instant,
  skipped: Fetched['skipped'],
): Promise<void> {
  const fact = { succeeded_at: at, skipped: JSON.stringify(skipped) };
  await store
    .insertInto('source_health')
    .values({ source, ...fact })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(fact))
    .execute();
}

/**
 * Remembers that a source answered, and that its list was not there yet. What was read of the list
 * before stays: a source may show an older one again for a while.
 */
export function recordLate(
  store: Store,
  source: string,
  date: DateString,
  at: Instant,
): Promise<void> {
  return inTransaction(store, async (transaction) => {
    const [known] = await listsOf(transaction, source, date, date);
    await recordFetch(transaction, source, date, known?.paperCount ?? 0, at);
    await recordSuccess(transaction, source, at, []);
  });
}

/** Remembers why a source gave nothing; its last success stays known. */
export async function recordFailure(
  store: Store,
  source: string,
  at: Instant,
  message: string,
): Promise<void> {
  const fact = { failed_at: at, failure: message };
  await store
    .insertInto('source_health')
    .values({ source, ...fact, skipped: '[]' })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(fact))
    .execute();
}

/** What is known of a source's last answers. */
export async function sourceHealth(store: Store, source: string): Promise<SourceHealth> {
  const health = store.selectFrom('source_health').selectAll().where('source', '=', source);
  const row = await health.executeTakeFirst();
  if (row === undefined) return { skipped: [] };
  return {
    skipped: JSON.parse(row.skipped) as Fetched['skipped'],
    ...(row.succeeded_at !== null && { succeededAt: row.succeeded_at }),
    ...(row.failed_at !== null && { failedAt: row.failed_at }),
    ...(row.failure !== null && { failure: row.failure }),
  };
}

/** The lists of a source that were fetched, from one day to another inclusive, oldest first. */
export async function listsOf(
  store: Store,
  source: string,
  from: DateString,
  to: DateString,
): Promise<ListRecord[]> {
  const rows = await store
    .selectFrom('lists')
    .selectAll()
    .where('source', '=', source)
    .where('list_date', '>=', from)
    .where('list_date', '<=', to)
    .orderBy('list_date')
    .execute();
  return rows.map((row) => ({
    listDate: row.list_date,
    fetchedAt: row.fetched_at,
    paperCount: row.paper_count,
  }));
}

/** The day of the newest list that holds a paper, of these sources or of all. */
export async function newestList(
  store: Store,
  sources?: readonly string[],
): Promise<DateString | undefined> {
  if (sources?.length === 0) return undefined;
  let lists = store.selectFrom('lists').select('list_date').where('paper_count', '>', 0);
  if (sources !== undefined) lists = lists.where('source', 'in', sources);
  return (await lists.orderBy('list_date', 'desc').limit(1).executeTakeFirst())?.list_date;
}
