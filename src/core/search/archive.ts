import { setImmediate } from 'node:timers/promises';
import { normalize } from '../dense.ts';
import { toAskedId, type DateString, type Paper } from '../paper.ts';
import { insists, parseQuery, toWords } from '../query.ts';
import { stem } from '../stem.ts';
import type { Store } from '../store/open.ts';
import { papersByKey } from '../store/paper-keys.ts';
import type { Meaning, Vectors } from '../vectors/index.ts';
import { keysBetween, matchedKeys, matchText, searchText } from './full-text.ts';
import { feedbackOf, fuse, type FuseOptions } from './fuse.ts';
import { toMatchExpressions, type MatchExpressions } from './match.ts';
import { VAGUE, withVotes } from './prior.ts';

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

/** How much of a topic's direction is that of the papers found for it; of 0.3 to 0.7 this did best. */
const FEEDBACK_SHARE = 0.3;

/** A word that a fifth of the papers hold tells little; from a tenth on nDCG@10 falls by 0.01. */
const COMMON = 1 / 5;

/** What a search of the archive found, best first, and the vectors that it went by, if any. */
export interface ArchiveFinds {
  readonly papers: readonly Paper[];
  /** The ids of those whose text, in any column, holds words of the query. */
  readonly inWords: ReadonlySet<string>;
  readonly meaning?: Meaning;
}

/**
 * Searches the archive, best first: by words and, once there are vectors, by meaning. An arXiv id
 * or link gives that paper. Any text is safe; what says nothing finds nothing. Rejects with
 * `StoreError`.
 */
export async function searchArchive(
  { store, vectors }: ArchiveSearch,
  query: string,
  options: ArchiveOptions,
): Promise<ArchiveFinds> {
  const limit = Math.max(0, Math.floor(options.limit));
  const plain = { ...options, limit };
  if (limit === 0 || toAskedId(query) !== undefined) return searchWords(store, query, plain);
  const meaning = await vectors?.meaning([wantedText(query)]);
  if (meaning === undefined) return searchWords(store, query, plain);
  return { ...(await searchMeaning(store, query, plain, meaning)), meaning };
}

async function searchWords(
  store: Store,
  query: string,
  options: ArchiveOptions,
): Promise<ArchiveFinds> {
  const papers = await searchText(store, query, options);
  return { papers, inWords: idsOf(papers) };
}

async function searchMeaning(
  store: Store,
  query: string,
  options: ArchiveOptions,
  meaning: Meaning,
): Promise<ArchiveFinds> {
  const [direction] = meaning.directions;
  const match = toMatchExpressions(query, commonWords(meaning));
  if (direction === undefined || match === undefined) return searchWords(store, query, options);
  if (match.titled !== undefined) return searchVague(store, match.titled, match.any, options);
  const places = await placesOf(store, query, match, options, meaning, direction);
  // Lets events through between the two long steps.
  await setImmediate();
  const ordered = await withVotes(store, fuse(places));
  const keys = ordered.slice(0, options.limit).map(({ key }) => key);
  const matched = new Set(places.matches.map(({ key }) => key));
  const found = await papersByKey(store, keys);
  const inWords = [...found].flatMap(([key, { id }]) => (matched.has(key) ? [id] : []));
  return { papers: [...found.values()], inWords: new Set(inWords) };
}

/**
 * Of what half of the archive is about, meaning tells nothing: `large language models` points at what
 * is said of languages. So the best titles come with those first that many people vote for.
 */
async function searchVague(
  store: Store,
  every: string,
  any: string,
  options: ArchiveOptions,
): Promise<ArchiveFinds> {
  const pool = { ...options, limit: MOST_MATCHES };
  const titled = await matchText(store, every, pool);
  const matches = titled.length < options.limit ? await matchText(store, any, pool) : titled;
  const ordered = await withVotes(store, matches, VAGUE);
  const keys = ordered.slice(0, options.limit).map(({ key }) => key);
  const papers = [...(await papersByKey(store, keys)).values()];
  return { papers, inWords: idsOf(papers) };
}

function idsOf(papers: readonly Paper[]): ReadonlySet<string> {
  return new Set(papers.map(({ id }) => id));
}

/**
 * Where topics point, as long as 1: mostly where their words do, and a little to where the papers
 * that are found for them do; undefined for one that says nothing, and altogether before there are
 * vectors. Rejects with `StoreError`.
 */
export async function topicsMeaning(
  { store, vectors }: ArchiveSearch,
  topics: readonly string[],
  days: Pick<ArchiveOptions, 'since' | 'until'> = {},
): Promise<Meaning | undefined> {
  const meaning = await vectors?.meaning(topics.map(wantedText));
  if (meaning === undefined) return undefined;
  const directions: (Float32Array | undefined)[] = [];
  for (const [at, topic] of topics.entries()) {
    directions.push(await topicDirection(store, topic, days, meaning, meaning.directions[at]));
  }
  return { ...meaning, directions };
}

async function topicDirection(
  store: Store,
  topic: string,
  days: Pick<ArchiveOptions, 'since' | 'until'>,
  meaning: Meaning,
  direction: Float32Array | undefined,
): Promise<Float32Array | undefined> {
  if (direction === undefined) return undefined;
  const match = toMatchExpressions(topic, commonWords(meaning));
  if (match === undefined || match.titled !== undefined) return direction;
  const places = await placesOf(store, topic, match, { ...days, limit: 0 }, meaning, direction);
  const feedback = feedbackOf(places);
  const mixed = direction.map(
    (value, at) => value + FEEDBACK_SHARE * ((feedback[at] ?? 0) - value),
  );
  normalize(mixed, 0, mixed.length);
  return mixed;
}

/** What to fuse. */
async function placesOf(
  store: Store,
  query: string,
  match: MatchExpressions,
  options: ArchiveOptions,
  meaning: Meaning,
  direction: Float32Array,
): Promise<FuseOptions> {
  const dated = options.since !== undefined || options.until !== undefined;
  const [matches, every, days, cosines] = await Promise.all([
    matchText(store, match.any, { ...options, limit: MOST_MATCHES }),
    match.isOne ? undefined : matchedKeys(store, match.all),
    dated ? keysBetween(store, options) : undefined,
    // Meanwhile: the database is in a thread of its own, and has been asked by the next turn.
    setImmediate().then(() => meaning.rows.compare(direction)),
  ]);
  const found = new Set(matches.map(({ key }) => key));
  const strict = parseQuery(query).some(insists) ? found : undefined;
  const allowed = (key: number) => (days?.has(key) ?? true) && (strict?.has(key) ?? true);
  return {
    rows: meaning.rows,
    matches,
    whole: every ?? found,
    cosines,
    ...(dated || strict ? { allowed } : {}),
  };
}

/** The words that say what is looked for, without names and unwanted words. */
function wantedText(query: string): string {
  return parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => text)
    .join(' ');
}

function commonWords({ words }: Meaning): (word: string) => boolean {
  return (word) => toWords(word).every((each) => words.share(stem(each)) > COMMON);
}
