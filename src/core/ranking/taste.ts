import { dot } from '../dense.ts';
import { shorten } from '../text/index.ts';
import type { Candidate, Kept, RankSignal, Taste } from './signal.ts';

/** Papers this alike are on one theme: nine in ten pairs of one reading list's neighbours are above. */
const ALIKE = 0.45;

/** Of a saved paper's title, in UTF-16 units, so that the why line stays one line. */
const TITLE_MAX = 40;

/**
 * A liking so far above what the day's papers mostly get lifts a paper clearly, past a tenth of the
 * day's votes and more.
 */
const CLEARLY = 0.1;

/** Papers less alike have nothing to do with each other. */
const AKIN = 0.15;

/** What was saved or liked before: papers in that direction rise, and those disliked sink. */
export const taste: RankSignal = {
  id: 'taste',
  defaultWeight: 1.2,
  prepare({ profile: { taste: learnt }, candidates }) {
    if (learnt === undefined) return () => ({ value: 0 });
    const usual = usualLiking(learnt, candidates);
    return ({ paper, direction }) => {
      if (direction === undefined) return { value: 0 };
      const value = learnt.liking(direction);
      const own = learnt.kept.find(({ id }) => id === paper.id);
      const reason = own?.how ?? reasonFor(direction, learnt.kept, value >= usual + CLEARLY);
      return reason === undefined ? { value } : { value, reason };
    };
  },
};

/** The lower median. */
export function usualLiking(taste: Taste, candidates: readonly Candidate[]): number {
  const likings = candidates
    .flatMap(({ direction }) => (direction === undefined ? [] : [taste.liking(direction)]))
    .sort((a, b) => a - b);
  return likings[Math.floor((likings.length - 1) / 2)] ?? 0;
}

/** Whoever sees a paper lifted may know why: what it is like, or else what is nearest to it. */
function reasonFor(
  direction: Float32Array,
  kept: readonly Kept[],
  isLifted: boolean,
): string | undefined {
  const near = kept
    .map((each) => ({ each, cosine: dot(direction, 0, each.direction, 0, direction.length) }))
    .sort((a, b) => b.cosine - a.cosine);
  const [nearest] = near;
  if (nearest === undefined || nearest.cosine < (isLifted ? AKIN : ALIKE)) return undefined;
  const { title, how } = nearest.each;
  const named = `“${shorten(title, TITLE_MAX)}”`;
  if (nearest.cosine < ALIKE) return `nearest to ${named}, ${how}`;
  const alike = near.filter(({ each, cosine }) => cosine >= ALIKE && each.how === how);
  if (alike.length === 1) return `like ${named}, ${how}`;
  return `like ${alike.length} papers ${how}, such as ${named}`;
}
