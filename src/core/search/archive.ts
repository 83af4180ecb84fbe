import { setImmediate } from 'node:timers/promises';
import { normalize } from '../dense.ts';
import { toAskedId, type Paper } from '../paper.ts';
import { parseQuery, toWords } from '../query.ts';
import { stem } from '../stem.ts';
import type { Store } from '../store/open.ts';
import { papersByKey } from '../store/paper-keys.ts';
import type { Meaning, Vectors } from '../vectors/index.ts';
import { countWhole, searchText, type FullTextOptions } from './full-text.ts';
import { feedbackOf, fuse, type FuseOptions } from './fuse.ts';
import { toMatchExpressions, type Lexicon } from './match.ts';
import { placesOf } from './places.ts';
import { withVotes } from './prior.ts';
import type { IsKnown } from './variants.ts';
import { searchVague } from './vague.ts';

export interface ArchiveSearch {
  readonly store: Store;
  readonly vectors?: Vectors | undefined;
}

/** How much of a topic's direction is that of the papers found for it; of 0.3 to 0.7 this did best. */
const FEEDBACK_SHARE = 0.3;

/** What a search of the archive found, best first, and the vectors that it went by, if any. */
export interface ArchiveFinds {
  readonly papers: readonly Paper[];
  /** The ids of those whose text, in any column, holds words of the query. */
  readonly inWords: ReadonlySet<string>;
  /** How many papers of the archive hold every word: all, or at least as many as were looked for. */
  readonly whole: number;
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
  options: FullTextOptions,
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
  options: FullTextOptions,
): Promise<ArchiveFinds> {
  const papers = await searchText(store, query, options);
  return { papers, inWords: idsOf(papers), whole: await countWhole(store, query, options) };
}

async function searchMeaning(
  store: Store,
  query: string,
  options: FullTextOptions,
  meaning: Meaning,
): Promise<ArchiveFinds> {
  const [direction] = meaning.directions;
  const match = toMatchExpressions(query, lexiconOf(meaning));
  if (direction === undefined || match === undefined) return searchWords(store, query, options);
  if (match.titled !== undefined) {
    const { papers, titled } = await searchVague(store, match.titled, match.any, options);
    const whole = titled < options.limit ? await countWhole(store, query, options) : titled;
    return { papers, inWords: idsOf(papers), whole };
  }
  const places = await placesOf(store, query, match, options, meaning, direction);
  // Lets events through between the two long steps.
  await setImmediate();
  const ordered = await withVotes(store, fuse(places));
  const keys = ordered.slice(0, options.limit).map(({ key }) => key);
  const matched = new Set(places.matches.map(({ key }) => key));
  const found = await papersByKey(store, keys);
  const inWords = [...found].flatMap(([key, { id }]) => (matched.has(key) ? [id] : []));
  return { papers: [...found.values()], inWords: new Set(inWords), whole: countOpen(places) };
}

function countOpen({ whole, allowed }: FuseOptions): number {
  return allowed === undefined ? whole.size : [...whole].filter((key) => allowed.has(key)).length;
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
  days: Pick<FullTextOptions, 'since' | 'until'> = {},
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
  days: Pick<FullTextOptions, 'since' | 'until'>,
  meaning: Meaning,
  direction: Float32Array | undefined,
): Promise<Float32Array | undefined> {
  if (direction === undefined) return undefined;
  const match = toMatchExpressions(topic, lexiconOf(meaning));
  if (match === undefined || match.titled !== undefined) return direction;
  const places = await placesOf(store, topic, match, { ...days, limit: 0 }, meaning, direction);
  const feedback = feedbackOf(places);
  const mixed = direction.map(
    (value, at) => value + FEEDBACK_SHARE * ((feedback[at] ?? 0) - value),
  );
  normalize(mixed, 0, mixed.length);
  return mixed;
}

/** The words that say what is looked for, without names and unwanted words. */
function wantedText(query: string): string {
  return parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => text)
    .join(' ');
}

/** The share of the papers that hold a part of a word, or two words as one, for it to be meant. */
const CHANCE = 0.001;

/** A word that a fifth of the papers hold tells little; from a tenth on nDCG@10 falls by 0.01. */
const COMMON = 1 / 5;

function lexiconOf(meaning: Meaning): Lexicon {
  return {
    isKnown: isKnownTo(meaning),
    isCommon: (word) => toWords(word).every((each) => meaning.words.share(stem(each)) > COMMON),
  };
}

/** Which words the archive's vocabulary has; what fewer papers hold is mostly chance, as `dif` is. */
export function isKnownTo({ words }: Meaning): IsKnown {
  return (word) => words.share(stem(word)) > CHANCE;
}
