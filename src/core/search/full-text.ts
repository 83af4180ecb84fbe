import { sql, type RawBuilder, type Selectable } from 'kysely';
import { toAskedId, type DateString, type Paper } from '../paper.ts';
import { parseQuery } from '../query.ts';
import type { Store } from '../store/open.ts';
import { findPaper, toPaper } from '../store/papers.ts';
import type { PaperTable } from '../store/schema/archive.ts';
import type { TextScore } from './fuse.ts';
import { toMatchExpressions, type MatchExpressions } from './match.ts';
import { isSince } from './since.ts';
import { searchUnspaced } from './unspaced.ts';

export interface FullTextOptions {
  readonly limit: number;
  /** Only papers listed or published on or after this day. */
  readonly since?: DateString | undefined;
  /** Only papers listed on or before this day. */
  readonly until?: DateString | undefined;
}

/**
 * Weights of the columns title, abstract, authors, organization and keywords. Of those tried on the
 * 39 topic queries of docs/ranking.md these did best (nDCG@10 0.43); a heavier title or keywords
 * did harm (0.38 at 10 and 3).
 */
const WEIGHTS = sql.raw('3, 1, 0.5, 0.5, 0.1');

const BEST = sql`bm25(papers_text, ${WEIGHTS})`;
const NEWEST = sql`coalesce(papers.list_date, substr(papers.published_at, 1, 10), '') DESC`;

/**
 * Searches the archive's text, best first: papers that hold every term, then, where those are too
 * few, papers that hold some; of names alone the newest first. An arXiv id or link gives that paper. Any text is safe; what says
 * nothing finds nothing.
 */
export async function searchText(
  store: Store,
  query: string,
  options: FullTextOptions,
): Promise<Paper[]> {
  const id = toAskedId(query);
  if (id !== undefined) return findById(store, id, options);
  const match = toMatchExpressions(query);
  const limit = Math.max(0, Math.floor(options.limit));
  if (match === undefined || limit === 0) return [];
  const order = isNamesAlone(query) ? NEWEST : BEST;
  const strict = await select(store, match.all, order, { ...options, limit });
  if (strict.length === limit) return strict;
  const loose = await select(store, match.any, order, { ...options, limit });
  const found = new Set(strict.map((paper) => paper.id));
  const all = [...strict, ...loose.filter((paper) => !found.has(paper.id))].slice(0, limit);
  return all.length > 0 ? all : searchUnspaced(store, query, { ...options, limit });
}

async function findById(store: Store, id: string, options: FullTextOptions): Promise<Paper[]> {
  const paper = await findPaper(store, id);
  return paper !== undefined && options.limit > 0 && isSince(paper, options.since) ? [paper] : [];
}

/** Who asks for a person's or lab's papers wants the latest. */
function isNamesAlone(query: string): boolean {
  return parseQuery(query).every(({ field, excluded }) => field !== 'text' || excluded === true);
}

async function select(
  store: Store,
  match: string,
  order: RawBuilder<unknown>,
  options: FullTextOptions,
): Promise<Paper[]> {
  const rows = await sql<Selectable<PaperTable>>`
    SELECT papers.*
    FROM papers_text JOIN papers ON papers.key = papers_text.rowid
    WHERE papers_text MATCH ${match} AND ${dayCondition(options)}
    ORDER BY ${order}, papers.id
    LIMIT ${options.limit}
  `.execute(store);
  return rows.rows.map(toPaper);
}

/** The best matches of an FTS5 expression, by row, with their BM25 scores: higher is better. */
export async function matchText(
  store: Store,
  match: string,
  options: FullTextOptions,
): Promise<TextScore[]> {
  const { rows } = await sql<{ found: string }>`SELECT ${bestOf(match, options)} AS found`.execute(
    store,
  );
  return toScores(rows[0]?.found);
}

/**
 * The same, and the rows of the papers of any day that a second expression matches: in one question,
 * since each to another thread takes its time where the machine is busy.
 */
export async function matchBoth(
  store: Store,
  { any, all }: Pick<MatchExpressions, 'any' | 'all'>,
  options: FullTextOptions,
): Promise<{ matches: TextScore[]; whole: Set<number> }> {
  const { rows } = await sql<{ found: string; keys: string }>`
    SELECT ${bestOf(any, options)} AS found, ${matching(all)} AS keys
  `.execute(store);
  return { matches: toScores(rows[0]?.found), whole: toKeys(rows[0]?.keys) };
}

/** As one text, since 100,000 rows would take longer from one thread to another. */
function bestOf(match: string, options: FullTextOptions): RawBuilder<unknown> {
  // The table of papers is read only where days ask for it: it is ten times the index's size.
  const dated = options.since !== undefined || options.until !== undefined;
  const papers = dated ? sql`JOIN papers ON papers.key = papers_text.rowid` : sql``;
  return sql`(
    SELECT json_group_array(json_array(key, score)) FROM (
      SELECT papers_text.rowid AS key, -bm25(papers_text, ${WEIGHTS}) AS score
      FROM papers_text ${papers}
      WHERE papers_text MATCH ${match} AND ${dayCondition(options)}
      ORDER BY score DESC
      LIMIT ${options.limit}
    )
  )`;
}

function toScores(json = '[]'): TextScore[] {
  const found = JSON.parse(json) as (readonly [number, number])[];
  return found.map(([key, score]) => ({ key, score })).sort((a, b) => b.score - a.score);
}

function listOf(keys: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(SELECT json_group_array(key) FROM (${keys}))`;
}

function matching(match: string): RawBuilder<unknown> {
  return listOf(sql`SELECT rowid AS key FROM papers_text WHERE papers_text MATCH ${match}`);
}

function toKeys(json = '[]'): Set<number> {
  return new Set(JSON.parse(json) as number[]);
}

/** How many papers hold every term of a query, counted up to `limit`. */
export async function countWhole(
  store: Store,
  query: string,
  options: FullTextOptions,
): Promise<number> {
  const match = toMatchExpressions(query);
  if (match === undefined) return 0;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM papers_text JOIN papers ON papers.key = papers_text.rowid
      WHERE papers_text MATCH ${match.all} AND ${dayCondition(options)}
      LIMIT ${options.limit}
    )
  `.execute(store);
  return rows[0]?.count ?? 0;
}

/** The rows of the papers that an FTS5 expression matches, in no order. */
export async function matchedKeys(store: Store, match: string): Promise<Set<number>> {
  const { rows } = await sql<{ keys: string }>`SELECT ${matching(match)} AS keys`.execute(store);
  return toKeys(rows[0]?.keys);
}

/** The rows of all papers of these days. */
export async function keysBetween(
  store: Store,
  days: Pick<FullTextOptions, 'since' | 'until'>,
): Promise<Set<number>> {
  const keys = listOf(sql`SELECT key FROM papers WHERE ${dayCondition(days)}`);
  const { rows } = await sql<{ keys: string }>`SELECT ${keys} AS keys`.execute(store);
  return toKeys(rows[0]?.keys);
}

/** The same rule as `isSince`, where the database can apply it before it cuts. */
function dayCondition({
  since,
  until,
}: Pick<FullTextOptions, 'since' | 'until'>): RawBuilder<unknown> {
  const after =
    since === undefined
      ? sql`TRUE`
      : sql`(papers.list_date >= ${since} OR papers.published_at >= ${since})`;
  return until === undefined ? after : sql`${after} AND papers.list_date <= ${until}`;
}
