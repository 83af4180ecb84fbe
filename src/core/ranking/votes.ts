import type { Candidate, RankSignal } from './signal.ts';
import { isMixed, listOf, standings, type Standing } from './standing.ts';

/**
 * Votes against the rest of the same list. Within one day raw upvotes order best of all formulas
 * tried (docs/ranking.md), so nothing is done to them. Speaks only where all papers share a list;
 * elsewhere `expected-votes` does.
 */
export const votes: RankSignal = {
  id: 'votes',
  defaultWeight: 0.6,
  prepare({ candidates }) {
    const lists = standingsByList(candidates);
    const mixed = isMixed(candidates);
    return (candidate) => {
      const { upvotes } = candidate.paper;
      const standing = upvotes === undefined ? undefined : lists.get(listOf(candidate))?.(upvotes);
      const { value, topPercent } = standing ?? { value: 0 };
      if (mixed || topPercent === undefined) return { value };
      return { value, reason: `top ${topPercent}% of its day` };
    };
  },
};

function standingsByList(
  candidates: readonly Candidate[],
): Map<string, (upvotes: number) => Standing> {
  const counts = new Map<string, number[]>();
  for (const candidate of candidates) {
    const { upvotes } = candidate.paper;
    if (upvotes === undefined) continue;
    const list = listOf(candidate);
    counts.set(list, [...(counts.get(list) ?? []), upvotes]);
  }
  return new Map([...counts].map(([list, upvotes]) => [list, standings(upvotes)]));
}
