import { setImmediate } from 'node:timers/promises';
import { insists, parseQuery } from '../query.ts';
import type { Store } from '../store/open.ts';
import type { Meaning } from '../vectors/index.ts';
import {
  keysBetween,
  matchBoth,
  matchedKeys,
  matchText,
  type FullTextOptions,
} from './full-text.ts';
import type { FuseOptions, TextScore } from './fuse.ts';
import type { MatchExpressions } from './match.ts';

/** Of the papers whose text matches, as many are scored: the rest match common words alone. */
export const MOST_MATCHES = 1000;

/** What to fuse for a query: its words, and where it points. Rejects with `StoreError`. */
export async function placesOf(
  store: Store,
  query: string,
  match: MatchExpressions,
  options: FullTextOptions,
  meaning: Meaning,
  direction: Float32Array,
): Promise<FuseOptions> {
  const dated = options.since !== undefined || options.until !== undefined;
  const [{ matches, whole }, days, cosines] = await Promise.all([
    matchWords(store, match, { ...options, limit: MOST_MATCHES }),
    dated ? keysBetween(store, options) : undefined,
    // Meanwhile: the database is in a thread of its own, and has been asked by the next turn.
    setImmediate().then(() => meaning.rows.compare(direction)),
  ]);
  const found = new Set(matches.map(({ key }) => key));
  const strict = parseQuery(query).some(insists) ? found : undefined;
  const allowed = days && strict ? intersection(days, strict) : (days ?? strict);
  return {
    rows: meaning.rows,
    matches,
    whole: whole ?? found,
    rarest: whole?.size === 0 ? await rarestOf(store, match.each) : undefined,
    cosines,
    allowed,
  };
}

/** The best matches, and the papers that hold every word where these may be others. */
async function matchWords(
  store: Store,
  match: MatchExpressions,
  options: FullTextOptions,
): Promise<{ matches: TextScore[]; whole?: ReadonlySet<number> }> {
  return match.isOne
    ? { matches: await matchText(store, match.any, options) }
    : matchBoth(store, match, options);
}

/**
 * Of two words that stand together in no paper, those that hold the rarer one: it says more of the
 * topic. `gene editing` gave ten papers on images. Of more words the rarest is often beside the point.
 */
async function rarestOf(
  store: Store,
  each: readonly string[],
): Promise<ReadonlySet<number> | undefined> {
  if (each.length !== 2) return undefined;
  const held: ReadonlySet<number>[] = [];
  for (const match of each) held.push(await matchedKeys(store, match));
  const [rarest] = held.filter(({ size }) => size > 0).sort((a, b) => a.size - b.size);
  return rarest;
}

function intersection(one: ReadonlySet<number>, other: ReadonlySet<number>): Set<number> {
  return new Set([...one].filter((key) => other.has(key)));
}
