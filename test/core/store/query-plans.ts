import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import type { Store } from '../../../src/core/store/open.ts';

/** How SQLite finds the rows of each query that `work` runs, a text for each query. */
export async function queryPlans(
  store: Store,
  work: (store: Store) => Promise<unknown>,
): Promise<string[]> {
  const queries: CompiledQuery[] = [];
  await work(store.withPlugin(watch(store, queries)));
  return Promise.all(queries.map((query) => planOf(store, query)));
}

function watch(store: Store, queries: CompiledQuery[]): KyselyPlugin {
  return {
    transformQuery({ node, queryId }): RootOperationNode {
      queries.push(store.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

async function planOf(store: Store, { sql, parameters }: CompiledQuery): Promise<string> {
  const explain = CompiledQuery.raw(`EXPLAIN QUERY PLAN ${sql}`, [...parameters]);
  const { rows } = await store.executeQuery<{ detail: string }>(explain);
  return rows.map(({ detail }) => detail).join('\n');
}
