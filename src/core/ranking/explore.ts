import { expectedVotes } from './growth.ts';
import type { Candidate, Profile, Ranked } from './signal.ts';

/** In fewer places every one is wanted for what is surely liked. */
const FEWEST = 4;

/** A liking above this is a taste, not an exploration: `Liking` calls it neither here nor there. */
const UNDECIDED = 0.5;

const REASON = 'outside your usual';

export interface Scored {
  readonly candidate: Candidate;
  readonly ranked: Ranked;
}

/**
 * Gives the last place of a list that is ordered by taste to the paper with the most votes among
 * those that the taste passes over, and says so: what is only ever like before teaches a taste
 * nothing. Without a taste, with fewer than 4 places, or where nothing is left, the list stays.
 */
export function explore(
  chosen: readonly Ranked[],
  all: readonly Scored[],
  { taste }: Profile,
): Ranked[] {
  if (taste === undefined || chosen.length < FEWEST) return [...chosen];
  const shown = new Set(chosen.map(({ paper }) => paper.id));
  const passedOver = all.filter(({ candidate: { paper, direction } }) => {
    return !shown.has(paper.id) && direction !== undefined && taste.liking(direction) < UNDECIDED;
  });
  const found = passedOver.reduce<Scored | undefined>(
    (best, each) => (best === undefined || votesOf(each) > votesOf(best) ? each : best),
    undefined,
  );
  if (found === undefined || votesOf(found) <= 0) return [...chosen];
  const { ranked } = found;
  const why = ranked.why === undefined ? REASON : `${REASON}; ${ranked.why}`;
  return [...chosen.slice(0, -1), { ...ranked, why }];
}

function votesOf({ candidate: { paper, ageHours } }: Scored): number {
  const { upvotes = 0, listDate } = paper;
  return listDate === undefined ? upvotes : expectedVotes(upvotes, ageHours);
}
