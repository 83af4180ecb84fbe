import type { Paper } from '../paper.ts';
import type { Store } from './open.ts';
import { toPaper } from './paper-row.ts';
import { MOST_IDS } from './papers.ts';

/** The row of each of these base ids; unknown ids are left out. */
export async function keysOf(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const keys = new Map<string, number>();
  for (let start = 0; start < ids.length; start += MOST_IDS) {
    const wanted = ids.slice(start, start + MOST_IDS);
    const select = store.selectFrom('papers').select(['id', 'key']).where('id', 'in', wanted);
    for (const { id, key } of await select.execute()) keys.set(id, key);
  }
  return keys;
}

/** The papers of these rows by their keys, in that order; unknown rows are left out. */
export async function papersByKey(
  store: Store,
  keys: readonly number[],
): Promise<ReadonlyMap<number, Paper>> {
  const found = new Map<number, Paper>();
  for (let start = 0; start < keys.length; start += MOST_IDS) {
    const wanted = keys.slice(start, start + MOST_IDS);
    const rows = await store.selectFrom('papers').selectAll().where('key', 'in', wanted).execute();
    for (const row of rows) found.set(row.key, toPaper(row));
  }
  const papers = new Map<number, Paper>();
  for (const key of keys) {
    const paper = found.get(key);
    if (paper !== undefined) papers.set(key, paper);
  }
  return papers;
}
