import type { Paper } from '../paper.ts';
import { code } from './code.ts';
import { diversify } from './diversify.ts';
import { expectedVotesSignal } from './expected-votes.ts';
import { explore } from './explore.ts';
import { follows } from './follows.ts';
import { createMute } from './muting.ts';
import type { Candidate, Profile, Ranked, RankSignal, SignalScore } from './signal.ts';
import { similarityAmong } from './similarity.ts';
import { taste } from './taste.ts';
import { topics } from './topics.ts';
import { votes } from './votes.ts';

/** Every signal there is. Adding one: its file here, its import above, its name in this list. */
export const signals: readonly RankSignal[] = [
  topics,
  taste,
  follows,
  votes,
  expectedVotesSignal,
  code,
];

export interface RankOptions {
  /** How many papers at most. */
  readonly count: number;
  /** By signal id, instead of the defaults; 0 switches a signal off. Unknown ids are ignored. */
  readonly weights?: Readonly<Record<string, number>>;
}

export interface RankOutcome {
  /** Best first, each paper once. */
  readonly ranked: Ranked[];
  /** Papers that may never show, by id. */
  readonly dropped: { readonly paper: Paper; readonly reason: string }[];
}

/** Reasons in a why line, so that it stays one line. */
const REASONS = 3;

/**
 * Orders papers for a profile and keeps the best `count`, muted ones never among them, varied in
 * theme, and where there is a taste with one from outside it. Pure: the order of `candidates` doesn't matter, and equal scores are ordered by id.
 */
export function rank(
  candidates: readonly Candidate[],
  profile: Profile,
  options: RankOptions,
): RankOutcome {
  const mutes = createMute(profile.muted);
  const papers = unique(candidates);
  const judged = papers.map((entry) => ({ entry, reason: mutes(entry.paper) }));
  const allowed = judged.filter(({ reason }) => reason === undefined).map(({ entry }) => entry);
  const dropped = judged.flatMap(({ entry: { paper }, reason }) =>
    reason === undefined ? [] : [{ paper, reason }],
  );
  const score = createScore(allowed, profile, options.weights ?? {});
  const scored = allowed.map((candidate) => ({ candidate, ranked: score(candidate) }));
  // Equal scores stay ordered by id, as sorting is stable.
  const sorted = scored.toSorted((a, b) => b.ranked.score - a.ranked.score);
  const chosen = diversify(
    sorted.map(({ ranked }) => ranked),
    Math.max(0, options.count),
    // Among all of them, muted ones too, so that the channels of one day share what it costs.
    similarityAmong(papers.map(({ paper }) => paper)),
  );
  return { ranked: explore(chosen, sorted, profile), dropped };
}

/** One candidate a paper, ordered by id: of several the one whose votes are the highest. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const other = best.get(candidate.paper.id);
    if (other === undefined || compareTwins(candidate, other) < 0) {
      best.set(candidate.paper.id, candidate);
    }
  }
  return [...best.values()].sort((a, b) => compare(a.paper.id, b.paper.id));
}

/** The same paper from two lists or sources: the better known first, whatever the input's order. */
function compareTwins(a: Candidate, b: Candidate): number {
  return (
    (b.paper.upvotes ?? -1) - (a.paper.upvotes ?? -1) ||
    compare(b.paper.listDate ?? '', a.paper.listDate ?? '') ||
    b.ageHours - a.ageHours ||
    compare(JSON.stringify(a.paper), JSON.stringify(b.paper))
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function createScore(
  candidates: readonly Candidate[],
  profile: Profile,
  weights: Readonly<Record<string, number>>,
): (candidate: Candidate) => Ranked {
  const active = signals
    .map((signal) => ({ signal, weight: Math.max(0, weights[signal.id] ?? signal.defaultWeight) }))
    .filter(({ weight }) => weight > 0)
    .map(({ signal, weight }) => ({ weight, judge: signal.prepare({ profile, candidates }) }));
  const total = active.reduce((sum, { weight }) => sum + weight, 0);
  return (candidate) => {
    const scores = active.map(({ weight, judge }) => ({ weight, ...judge(candidate) }));
    const sum = scores.reduce((all, { weight, value }) => all + weight * value, 0);
    const why = whyLine(scores);
    const { paper } = candidate;
    return { paper, score: total > 0 ? sum / total : 0, ...(why !== '' && { why }) };
  };
}

function whyLine(scores: readonly (SignalScore & { readonly weight: number })[]): string {
  return scores
    .toSorted((a, b) => b.weight * b.value - a.weight * a.value)
    .flatMap(({ reason }) => reason ?? [])
    .slice(0, REASONS)
    .join('; ');
}
