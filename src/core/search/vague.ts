import type { Paper } from '../paper.ts';
import { papersByKey } from '../store/paper-keys.ts';
import type { Store } from '../store/open.ts';
import { matchText, type FullTextOptions } from './full-text.ts';
import type { TextScore } from './fuse.ts';
import { MOST_MATCHES } from './places.ts';
import { VAGUE, withVotes } from './prior.ts';

/** Of titles that hold some of the words; each takes a look at its votes, and those after hold fewer. */
const MOST_OTHERS = 200;

/**
 * Of what half of the archive is about, meaning tells nothing: `large language models` points at what
 * is said of languages. So titles that hold every word come first, then, where those are too few,
 * titles that hold any; among each the best, and those that many people vote for. Tells too how
 * many of the first there are. Both are FTS5 expressions. Rejects with `StoreError`.
 */
export async function searchVague(
  store: Store,
  every: string,
  any: string,
  options: FullTextOptions,
): Promise<{ papers: readonly Paper[]; titled: number }> {
  const whole = await matchText(store, every, { ...options, limit: MOST_MATCHES });
  const isEnough = whole.length >= options.limit;
  const rest = isEnough ? [] : await matchText(store, any, { ...options, limit: MOST_OTHERS });
  const known = new Set(whole.map(({ key }) => key));
  const parts = [whole, rest.filter(({ key }) => !known.has(key))];
  const ordered: TextScore[] = [];
  for (const part of parts) ordered.push(...(await withVotes(store, part, VAGUE)));
  const keys = ordered.slice(0, options.limit).map(({ key }) => key);
  const papers = [...(await papersByKey(store, keys)).values()];
  return { papers, titled: whole.length };
}
