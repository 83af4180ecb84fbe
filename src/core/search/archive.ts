import { setImmediate } from 'node:timers/promises';
import { toPaperId, type DateString, type Paper } from '../paper.ts';
import { parseQuery, toWords } from '../query.ts';
import { stem } from '../stem.ts';
import type { Store } from '../store/open.ts';
import { papersByKey } from '../store/papers.ts';
import type { Learning, Vectors } from '../vectors/index.ts';
import { keysBetween, matchText, searchText } from './full-text.ts';
import { fuse } from './fuse.ts';
import { toMatchExpressions } from './match.ts';

export interface ArchiveOptions {
  readonly limit: number;
  /** Only papers listed or published on or after this day. */
  readonly since?: DateString | undefined;
  /** Only papers listed on or before this day. */
  readonly until?: DateString | undefined;
}

export interface ArchiveSearch {
  readonly store: Store;
  readonly vectors?: Vectors | undefined;
}

/** Of the papers whose text matches, as many are scored: the rest match common words alone. */
const MOST_MATCHES = 1000;

/** A word that a third of the papers hold tells nothing. */
const COMMON = 1 / 3;

/**
 * Searches the archive, best first: by words and, once vectors were learnt, by meaning. An arXiv id
 * or link gives that paper. Any text is safe; what says nothing finds nothing. Rejects with
 * `StoreError`.
 */
export async function searchArchive(
  { store, vectors }: ArchiveSearch,
  query: string,
  options: ArchiveOptions,
): Promise<Paper[]> {
  const limit = Math.max(0, Math.floor(options.limit));
  const plain = { ...options, limit };
  if (limit === 0 || toPaperId(query) !== undefined) return searchText(store, query, plain);
  const learning = await vectors?.current();
  const direction = learning?.space.ofQuery(wantedText(query));
  if (learning === undefined || direction === undefined) return searchText(store, query, plain);
  return searchBoth(store, query, plain, learning, direction);
}

async function searchBoth(
  store: Store,
  query: string,
  options: ArchiveOptions,
  learning: Learning,
  direction: Float32Array,
): Promise<Paper[]> {
  const match = toMatchExpressions(query, commonWords(learning));
  if (match === undefined) return [];
  const dated = options.since !== undefined || options.until !== undefined;
  const matches = await matchText(store, match.any, { ...options, limit: MOST_MATCHES });
  const days = dated ? await keysBetween(store, options) : undefined;
  // Lets events through between the two long steps.
  await setImmediate();
  const strict = isStrict(query) ? new Set(matches.map(({ key }) => key)) : undefined;
  const fused = fuse({
    rows: learning.rows,
    matches,
    query: direction,
    allowed: (key) => (days?.has(key) ?? true) && (strict?.has(key) ?? true),
  });
  return papersByKey(
    store,
    fused.slice(0, options.limit).map(({ key }) => key),
  );
}

/** Names, words in quotes and unwanted words must hold, so that meaning alone is not enough. */
function isStrict(query: string): boolean {
  return parseQuery(query).some(
    ({ field, exact, excluded }) => field !== 'text' || exact === true || excluded === true,
  );
}

/** The words that say what is looked for, without names and unwanted words. */
function wantedText(query: string): string {
  return parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => text)
    .join(' ');
}

function commonWords({ space }: Learning): (word: string) => boolean {
  return (word) => toWords(word).every((each) => space.share(stem(each)) > COMMON);
}
