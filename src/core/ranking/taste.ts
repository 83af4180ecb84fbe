import { dot } from '../dense.ts';
import { shorten } from '../text/index.ts';
import type { Kept, RankSignal } from './signal.ts';

/** Papers this alike are on one theme: nine in ten pairs of one reading list's neighbours are above. */
const ALIKE = 0.45;

/** Of a saved paper's title, in UTF-16 units, so that the why line stays one line. */
const TITLE_MAX = 40;

/** What was saved or liked before: papers in that direction rise, and those disliked sink. */
export const taste: RankSignal = {
  id: 'taste',
  defaultWeight: 1.2,
  prepare({ profile: { taste: learnt } }) {
    if (learnt === undefined) return () => ({ value: 0 });
    return ({ direction }) => {
      if (direction === undefined) return { value: 0 };
      const value = learnt.liking(direction);
      const reason = reasonFor(direction, learnt.kept);
      return reason === undefined ? { value } : { value, reason };
    };
  },
};

function reasonFor(direction: Float32Array, kept: readonly Kept[]): string | undefined {
  const near = kept
    .map((each) => ({ each, cosine: dot(direction, 0, each.direction, 0, direction.length) }))
    .filter(({ cosine }) => cosine >= ALIKE)
    .sort((a, b) => b.cosine - a.cosine);
  const [nearest] = near;
  if (nearest === undefined) return undefined;
  const { title, how } = nearest.each;
  const alike = near.filter(({ each }) => each.how === how);
  const named = `“${shorten(title, TITLE_MAX)}”`;
  if (alike.length === 1) return `like ${named}, ${how}`;
  return `like ${alike.length} papers ${how}, such as ${named}`;
}
