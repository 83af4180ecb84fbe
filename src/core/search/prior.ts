import { expectedVotes } from '../ranking/growth.ts';
import type { Store } from '../store/open.ts';
import { votesOf, type VoteCount } from '../store/papers.ts';
import type { Fused } from './fuse.ts';

/** Of papers that fit a topic. */
const TOPICAL: Prior = { depth: 200, weight: 1.5 };

/** Where the words tell little: their scores lie some 1 apart. */
export const VAGUE: Prior = { depth: 1000, weight: 2.5 };

/** How many of the best finds votes may move, and what a standard deviation of votes adds. */
interface Prior {
  readonly depth: number;
  /** Beside words that add some 5 and meaning some 10. */
  readonly weight: number;
}

const HOUR_MS = 3_600_000;

/**
 * The best finds, with those that many people vote for a little higher: of papers that fit equally
 * well, they are the ones that others found worth reading. Votes are those expected after a week, on
 * a logarithmic scale; papers that nobody could vote for stay where they are.
 */
export async function withVotes(
  store: Store,
  fused: readonly Fused[],
  { depth, weight }: Prior = TOPICAL,
): Promise<Fused[]> {
  const best = fused.slice(0, depth);
  const counts = await votesOf(
    store,
    best.map(({ key }) => key),
  );
  const votes = new Map(counts.map((count) => [count.key, Math.log1p(toExpected(count))]));
  const { mean, deviation } = momentsOf([...votes.values()]);
  const raised = best.map((each) => {
    const count = votes.get(each.key) ?? mean;
    return { ...each, score: each.score + (weight * (count - mean)) / deviation };
  });
  return [...raised.sort((a, b) => b.score - a.score || a.key - b.key), ...fused.slice(depth)];
}

function toExpected({ upvotes, readAt, listDate }: VoteCount): number {
  if (readAt === null || listDate === null) return upvotes;
  const ageMs = Date.parse(readAt) - Date.parse(`${listDate}T00:00:00Z`);
  return expectedVotes(upvotes, ageMs / HOUR_MS);
}

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
