import { expectedVotes } from './growth.ts';
import type { Candidate, Profile, Ranked, Taste } from './signal.ts';
import { usualLiking } from './taste.ts';

/** In fewer places every one is wanted for what is surely liked. */
const FEWEST = 4;

const REASON = 'outside your usual';

export interface Scored {
  readonly candidate: Candidate;
  readonly ranked: Ranked;
}

/**
 * Gives the last place of a list that is ordered by taste to the paper with the most votes among
 * those that the taste passes over, and says so: what is only ever like before teaches a taste
 * nothing. Where nothing was liked yet, with fewer than 4 places, or where nothing is passed over,
 * the list stays.
 */
export function explore(
  chosen: readonly Ranked[],
  all: readonly Scored[],
  { taste }: Profile,
): Ranked[] {
  if (taste === undefined || taste.kept.length === 0 || chosen.length < FEWEST) return [...chosen];
  const found = passedOver(chosen, all, taste).reduce<Scored | undefined>(
    (best, each) => (best === undefined || votesOf(each) > votesOf(best) ? each : best),
    undefined,
  );
  if (found === undefined || votesOf(found) <= 0) return [...chosen];
  const { ranked } = found;
  const why = ranked.why === undefined ? REASON : `${REASON}; ${ranked.why}`;
  return [...chosen.slice(0, -1), { ...ranked, why }];
}

/** Liked less than what the day's papers mostly are, and than every one that is shown. */
function passedOver(chosen: readonly Ranked[], all: readonly Scored[], taste: Taste): Scored[] {
  const shown = new Set(chosen.map(({ paper }) => paper.id));
  const likings = all.flatMap((each) => {
    const { direction } = each.candidate;
    return direction === undefined ? [] : [{ each, liking: taste.liking(direction) }];
  });
  const ofShown = likings.filter(({ each }) => shown.has(each.ranked.paper.id));
  const least = Math.min(...ofShown.map(({ liking }) => liking));
  const usual = usualLiking(
    taste,
    all.map(({ candidate }) => candidate),
  );
  return likings.filter(({ liking }) => liking < Math.min(least, usual)).map(({ each }) => each);
}

function votesOf({ candidate: { paper, ageHours } }: Scored): number {
  const { upvotes = 0, listDate } = paper;
  return listDate === undefined ? upvotes : expectedVotes(upvotes, ageHours);
}
