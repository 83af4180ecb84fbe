import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Paper } from '../paper.ts';
import { parseQuery, UNSPACED } from '../query.ts';
import type { Store } from '../store/open.ts';
import { toPaper } from '../store/papers.ts';
import type { FullTextOptions } from './full-text.ts';
import { createConditions } from './holds.ts';
import { isSince } from './since.ts';

/** Papers that are read in one turn of the event loop: some 10 ms. */
const BATCH = 5000;

/**
 * Searches titles, then abstracts, for the letters of a query in such a script, wherever in a word
 * they stand; the newest papers first, and only those that meet what the query insists on. Nothing
 * for any other query.
 */
export async function searchUnspaced(
  store: Store,
  query: string,
  options: FullTextOptions,
): Promise<Paper[]> {
  const parts = parseQuery(query)
    .filter(({ field, excluded, text }) => field === 'text' && !excluded && UNSPACED.test(text))
    .map(({ text }) => text);
  if (parts.length === 0) return [];
  const meets = createConditions(query);
  const found: Paper[] = [];
  for (let before = await lastKey(store); before >= 0; before -= BATCH) {
    found.push(...(await holders(store, parts, before)).filter(meets));
    await setImmediate();
  }
  const inTitle = ({ title }: Paper) => parts.every((part) => title.includes(part));
  return found
    .filter((paper) => isSince(paper, options.since) && isUntil(paper, options))
    .sort((a, b) => Number(inTitle(b)) - Number(inTitle(a)))
    .slice(0, options.limit);
}

async function lastKey(store: Store): Promise<number> {
  const newest = store.selectFrom('papers').select('key').orderBy('key', 'desc').limit(1);
  return (await newest.executeTakeFirst())?.key ?? -1;
}

/** Those of a span of rows that hold every part, the newest first. */
async function holders(store: Store, parts: readonly string[], before: number): Promise<Paper[]> {
  const holds = parts.map(
    (part) => sql<boolean>`(instr(title, ${part}) > 0 OR instr(abstract, ${part}) > 0)`,
  );
  const rows = await store
    .selectFrom('papers')
    .selectAll()
    .where('key', '<=', before)
    .where('key', '>', before - BATCH)
    .where(sql<boolean>`${sql.join(holds, sql` AND `)}`)
    .orderBy('key', 'desc')
    .execute();
  return rows.map(toPaper);
}

function isUntil({ listDate }: Paper, { until }: FullTextOptions): boolean {
  return until === undefined || (listDate !== undefined && listDate <= until);
}
