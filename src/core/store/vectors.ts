import type { Selectable } from 'kysely';
import type { Instant } from '../paper.ts';
import type { Store } from './open.ts';
import type { VectorModelTable } from './schema/vectors.ts';
import { inTransaction } from './transaction.ts';

/** A paper's row and text. */
export interface KeyedText {
  readonly key: number;
  readonly title: string;
  readonly abstract: string;
}

/** A paper's row and where it points: signed bytes. */
export interface KeyedVector {
  readonly key: number;
  readonly vector: Int8Array;
}

export type StoredModel = Omit<Selectable<VectorModelTable>, 'id'>;

/** What was learnt last; undefined before the first time. */
export function findModel(store: Store): Promise<StoredModel | undefined> {
  return store.selectFrom('vector_model').selectAll().executeTakeFirst();
}

/** When something was learnt last, and from how many papers. */
export async function modelAge(
  store: Store,
): Promise<{ learntAt: Instant; papers: number } | undefined> {
  const row = await store
    .selectFrom('vector_model')
    .select(['learnt_at as learntAt', 'paper_count as papers'])
    .executeTakeFirst();
  return row;
}

/** Vectors that are forgotten in one transaction: some 10 ms. */
const PIECE = 5000;

/**
 * Replaces what was learnt; every paper's vector is then due. Old vectors go piece by piece before
 * that, so that nobody else's write has to wait for long.
 */
export async function saveModel(store: Store, model: StoredModel): Promise<void> {
  while (await forgetSome(store, PIECE));
  await inTransaction(store, async (transaction) => {
    await transaction.deleteFrom('vector_model').execute();
    await transaction
      .insertInto('vector_model')
      .values({ id: 1, ...model })
      .execute();
    // Those that were made meanwhile.
    await forgetSome(transaction, -1);
  });
}

/** Makes due again so many of the papers that have a vector, all for -1; whether there were any. */
async function forgetSome(store: Store, limit: number): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const some = transaction.selectFrom('paper_vectors').select('paper_key').limit(limit);
    // The condition parts the selection from ON CONFLICT, which SQLite else reads as a join's ON.
    await transaction
      .insertInto('vectors_due')
      .columns(['paper_key'])
      .expression(some.where('paper_key', 'is not', null).orderBy('paper_key'))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { numDeletedRows } = await transaction
      .deleteFrom('paper_vectors')
      .where('paper_key', 'in', some.orderBy('paper_key'))
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  });
}

/** The newest papers' rows, at most so many. */
export async function newestKeys(store: Store, limit: number): Promise<number[]> {
  const rows = await store
    .selectFrom('papers')
    .select('key')
    .orderBy('list_date', 'desc')
    .orderBy('key', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ key }) => key);
}

/** The texts of the papers of these rows, at most 1,000, the newest first. */
export function textsOf(store: Store, keys: readonly number[]): Promise<KeyedText[]> {
  return store
    .selectFrom('papers')
    .select(['key', 'title', 'abstract'])
    .where('key', 'in', keys)
    .orderBy('list_date', 'desc')
    .orderBy('key', 'desc')
    .execute();
}

/** Where the vectors of each maker stand, and which papers it owes one. */
const TABLES = {
  archive: { vectors: 'paper_vectors', due: 'vectors_due', owed: 'vectors_due as due' },
  endpoint: { vectors: 'endpoint_vectors', due: 'endpoint_due', owed: 'endpoint_due as due' },
} as const;

/** What made vectors: the archive's own words, or the configured endpoint. */
export type Maker = keyof typeof TABLES;

/** Papers whose vector is due, at most so many. */
export function dueTexts(store: Store, maker: Maker, limit: number): Promise<KeyedText[]> {
  return (
    store
      .selectFrom(TABLES[maker].owed)
      .innerJoin('papers', 'papers.key', 'due.paper_key')
      .select(['papers.key', 'papers.title', 'papers.abstract'])
      // By this table's key: by that of papers SQLite would go through all of them.
      .orderBy('due.paper_key')
      .limit(limit)
      .execute()
  );
}

/** Keeps vectors, which are then no longer due. */
export async function saveVectors(
  store: Store,
  maker: Maker,
  vectors: readonly KeyedVector[],
): Promise<void> {
  if (vectors.length === 0) return;
  await inTransaction(store, async (transaction) => {
    await transaction
      .insertInto(TABLES[maker].vectors)
      .values(vectors.map(({ key, vector }) => ({ paper_key: key, vector: bufferOf(vector) })))
      .onConflict((conflict) =>
        conflict.column('paper_key').doUpdateSet((row) => ({ vector: row.ref('excluded.vector') })),
      )
      .execute();
    const keys = vectors.map(({ key }) => key);
    await transaction.deleteFrom(TABLES[maker].due).where('paper_key', 'in', keys).execute();
  });
}

/** Vectors by paper row, those after `key`, at most so many. */
export async function vectorsAfter(
  store: Store,
  maker: Maker,
  key: number,
  limit: number,
): Promise<KeyedVector[]> {
  const rows = await store
    .selectFrom(TABLES[maker].vectors)
    .select(['paper_key', 'vector'])
    .where('paper_key', '>', key)
    .orderBy('paper_key')
    .limit(limit)
    .execute();
  return rows.map(({ paper_key, vector }) => ({
    key: paper_key,
    vector: new Int8Array(vector.buffer, vector.byteOffset, vector.length),
  }));
}

/** The same bytes, as the database takes them. */
function bufferOf(vector: Int8Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
