import type { Paper } from '../paper.ts';
import { toMatcher } from './words.ts';

/**
 * Why a paper must never show, or undefined: a filter and no weight, since a paper that somebody
 * muted isn't wanted however many like it. A muted query counts wherever it is found, the abstract
 * included.
 */
export function createMute(muted: readonly string[]): (paper: Paper) => string | undefined {
  const matchers = muted.map(toMatcher);
  return (paper) => {
    if (paper.withdrawn === true) return 'withdrawn by its authors';
    for (const matches of matchers) {
      const match = matches(paper);
      if (match !== undefined) return `muted: ${match.words.join(' ')} (${match.field})`;
    }
    return undefined;
  };
}
