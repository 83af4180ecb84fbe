import { sql, type RawBuilder } from 'kysely';
import type { Store } from './open.ts';
import type { toRow } from './paper-row.ts';

type Row = ReturnType<typeof toRow>;

/** Columns where null means "not told". */
const OPTIONAL = [
  'published_at',
  'version',
  'withdrawn',
  'summary',
  'organization',
  'thumbnail',
  'code_url',
  'code_stars',
  'project_url',
  'submitter',
  'comments',
] as const satisfies readonly (keyof Row)[];

/** Columns that are never null, where the empty value means "not told". */
const TEXTS = ['title', 'abstract'] as const;
const LISTS = ['authors', 'categories', 'keywords'] as const;

const IS_NEWER = sql<boolean>`(excluded.upvotes_at is null or papers.upvotes_at is null
  or excluded.upvotes_at >= papers.upvotes_at)`;
const HAS_NEWER_VOTES = sql<boolean>`(excluded.upvotes_at is not null
  and (papers.upvotes_at is null or excluded.upvotes_at > papers.upvotes_at))`;
const HAS_NEWER_LIST = sql<boolean>`(excluded.list_date is not null
  and (papers.list_date is null or excluded.list_date > papers.list_date))`;

/**
 * Adds papers, or brings them up to date. What a newer item tells replaces what was known, and what
 * it doesn't tell stays. An item whose votes were read before the known ones (an old corpus file)
 * only fills gaps. Votes and list dates move forward only. A paper names the source that told of it
 * first, until another source puts it on a newer list. No id may come twice in `rows`.
 */
export function upsertPapers(store: Store, rows: readonly Row[]) {
  return store
    .insertInto('papers')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        ...each(TEXTS, (column) => unlessEmpty(column, '')),
        ...each(LISTS, (column) => unlessEmpty(column, '[]')),
        ...each(OPTIONAL, unlessNull),
        ...each(['upvotes', 'upvotes_at'], (column) => excludedWhen(HAS_NEWER_VOTES, column)),
        ...each(['list_date', 'source'], (column) => excludedWhen(HAS_NEWER_LIST, column)),
      }),
    );
}

/** A value of whatever type its column has. */
type Value = RawBuilder<never>;

function each<Column extends keyof Row>(
  columns: readonly Column[],
  value: (column: Column) => Value,
): Record<Column, Value> {
  return Object.fromEntries(columns.map((column) => [column, value(column)])) as Record<
    Column,
    Value
  >;
}

function excludedWhen(condition: RawBuilder<boolean>, column: keyof Row): Value {
  return sql`case when ${condition} then ${next(column)} else ${known(column)} end`;
}

function unlessNull(column: keyof Row): Value {
  return sql`case when ${IS_NEWER} then coalesce(${next(column)}, ${known(column)})
    else coalesce(${known(column)}, ${next(column)}) end`;
}

function unlessEmpty(column: keyof Row, empty: '' | '[]'): Value {
  const nothing = sql.lit(empty);
  return sql`case when ${next(column)} <> ${nothing} and (${IS_NEWER} or ${known(column)} = ${nothing})
    then ${next(column)} else ${known(column)} end`;
}

function next(column: keyof Row): RawBuilder<unknown> {
  return sql.ref(`excluded.${column}`);
}

function known(column: keyof Row): RawBuilder<unknown> {
  return sql.ref(`papers.${column}`);
}
