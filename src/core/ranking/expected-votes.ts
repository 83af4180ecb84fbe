import { expectedVotes } from './growth.ts';
import type { Candidate, RankSignal } from './signal.ts';
import { isMixed, standings } from './standing.ts';

/**
 * Votes as they will be after seven days, against all candidates, so that a paper of this morning
 * can be compared with one of last week. Within one list it agrees with `votes` and says nothing.
 */
export const expectedVotesSignal: RankSignal = {
  id: 'expected-votes',
  defaultWeight: 0.6,
  prepare({ candidates }) {
    const standing = standings(candidates.map(expected).filter((count) => count !== undefined));
    const mixed = isMixed(candidates);
    return (candidate) => {
      const count = expected(candidate);
      const { value, topPercent } = count === undefined ? { value: 0 } : standing(count);
      if (!mixed || topPercent === undefined) return { value };
      return { value, reason: `top ${topPercent}% for its age` };
    };
  },
};

/** A paper that stands on no list has no age to correct for. */
function expected({ paper, ageHours }: Candidate): number | undefined {
  if (paper.upvotes === undefined) return undefined;
  return paper.listDate === undefined ? paper.upvotes : expectedVotes(paper.upvotes, ageHours);
}
