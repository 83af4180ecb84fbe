import { stem } from './stem.ts';

/** Shorter parts are as often chance as words. */
const SHORTEST_PART = 3;

/**
 * All ways to part a word of letters in two that are long enough to be words. An ending is no part:
 * `coding` is not `cod ing`.
 */
export function partsOf(word: string): (readonly [head: string, tail: string])[] {
  if (!/^\p{L}+$/u.test(word)) return [];
  const own = stem(word);
  const count = Math.max(0, word.length - 2 * SHORTEST_PART + 1);
  return Array.from({ length: count }, (_, at) => at + SHORTEST_PART)
    .map((at) => [word.slice(0, at), word.slice(at)] as const)
    .filter(([head]) => stem(head) !== own);
}
