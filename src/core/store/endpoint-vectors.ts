import type { Store } from './open.ts';
import { inTransaction } from './transaction.ts';

/** Whose vectors are kept, how many numbers each has, and why no more come. */
export interface EndpointModel {
  readonly maker: string;
  readonly size: number | undefined;
  readonly problem: string | undefined;
}

/** Undefined before any endpoint was asked. */
export async function findEndpointModel(store: Store): Promise<EndpointModel | undefined> {
  const row = await store.selectFrom('endpoint_model').selectAll().executeTakeFirst();
  return (
    row && { maker: row.maker, size: row.size ?? undefined, problem: row.problem ?? undefined }
  );
}

/** Begins anew: what another endpoint made is forgotten, and every paper is due. */
export async function beginEndpoint(store: Store, maker: string): Promise<void> {
  await inTransaction(store, async (transaction) => {
    await transaction.deleteFrom('endpoint_model').execute();
    await transaction.deleteFrom('endpoint_vectors').execute();
    await transaction.insertInto('endpoint_model').values({ id: 1, maker }).execute();
    // The condition parts the selection from ON CONFLICT, which SQLite else reads as a join's ON.
    await transaction
      .insertInto('endpoint_due')
      .columns(['paper_key'])
      .expression(transaction.selectFrom('papers').select('key').where('key', 'is not', null))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Notes how many numbers a vector has. */
export async function noteEndpointSize(store: Store, size: number): Promise<void> {
  await store.updateTable('endpoint_model').set({ size }).execute();
}

/** Notes why no more vectors come of this maker; null where they come. */
export async function noteEndpointProblem(
  store: Store,
  maker: string,
  problem: string | null,
): Promise<void> {
  await store.updateTable('endpoint_model').set({ problem }).where('maker', '=', maker).execute();
}

/** How many papers the endpoint has still to be asked for. */
export async function countEndpointDue(store: Store): Promise<number> {
  const count = store.fn.countAll<number>().as('papers');
  const row = await store.selectFrom('endpoint_due').select(count).executeTakeFirstOrThrow();
  return row.papers;
}
