import type { DateString, Instant } from '../paper.ts';
import { rank, type RankOutcome } from '../ranking/index.ts';
import type { Candidate, Profile } from '../ranking/signal.ts';
import type { ListedPaper } from '../store/papers.ts';

const HOUR_MS = 3_600_000;

export interface BuildOptions {
  readonly profile: Profile;
  readonly count: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly now: Date;
  /** Where papers point, by id. */
  readonly directions?: ReadonlyMap<string, Float32Array>;
}

/** Chooses and orders the papers of a digest; withdrawn ones are never among them. Pure. */
export function buildDigest(listed: readonly ListedPaper[], options: BuildOptions): RankOutcome {
  const { profile, count, weights, now, directions } = options;
  const candidates = listed
    .filter(({ paper }) => paper.withdrawn !== true)
    .map((entry) => {
      const direction = directions?.get(entry.paper.id);
      return { ...toCandidate(entry, now), ...(direction && { direction }) };
    });
  return rank(candidates, profile, { count, weights });
}

/** Ages a paper from its list's first hour to its newest vote reading. */
export function toCandidate({ paper, upvotesAt }: ListedPaper, now: Date): Candidate {
  return { paper, ageHours: ageHours(paper.listDate, upvotesAt ?? now.toISOString()) };
}

function ageHours(listDate: DateString | undefined, readAt: Instant): number {
  if (listDate === undefined) return 0;
  return Math.max(0, (Date.parse(readAt) - Date.parse(`${listDate}T00:00:00Z`)) / HOUR_MS);
}
