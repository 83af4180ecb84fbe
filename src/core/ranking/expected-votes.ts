import { expectedVotes } from './growth.ts';
import type { Candidate, RankSignal } from './signal.ts';
import { isMixed, standings } from './standing.ts';

/**
 * How much of two papers as well liked the newer one comes first: votes count less by the days that
 * their list is older than the newest one, to this power. Of 0 to 0.5 the mildest that reached what
 * was asked for of an editor's picks (docs/ranking.md); a week old they count two thirds.
 */
const NEWNESS = 0.2;

const DAY_MS = 86_400_000;

/**
 * Votes as they will be after seven days, against all candidates, so that a paper of this morning
 * can be compared with one of last week. Within one list it agrees with `votes` and says nothing.
 */
export const expectedVotesSignal: RankSignal = {
  id: 'expected-votes',
  defaultWeight: 0.6,
  prepare({ candidates }) {
    const newest = candidates.reduce((day, each) => Math.max(day, dayOf(each)), 0);
    const weighed = (candidate: Candidate) => expected(candidate, newest);
    const standing = standings(candidates.map(weighed).filter((count) => count !== undefined));
    const mixed = isMixed(candidates);
    return (candidate) => {
      const count = weighed(candidate);
      const { value, topPercent } = count === undefined ? { value: 0 } : standing(count);
      if (!mixed || topPercent === undefined) return { value };
      return { value, reason: `top ${topPercent}% for its age` };
    };
  },
};

/** A paper that stands on no list has no age to correct for. */
function expected(candidate: Candidate, newest: number): number | undefined {
  const { paper, ageHours } = candidate;
  if (paper.upvotes === undefined) return undefined;
  if (paper.listDate === undefined) return paper.upvotes;
  const older = newest - dayOf(candidate);
  return expectedVotes(paper.upvotes, ageHours) / (1 + older) ** NEWNESS;
}

/** The day of its list, counted from 1970; 0 where it stands on none. */
function dayOf({ paper: { listDate } }: Candidate): number {
  return listDate === undefined ? 0 : Date.parse(listDate) / DAY_MS;
}
