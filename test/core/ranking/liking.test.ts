import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnLiking } from '../../../src/core/ranking/liking.ts';

/** A direction of four numbers, as long as 1. */
function direction(...numbers: readonly number[]): Float32Array {
  const row = Float32Array.from({ length: 4 }, (_, at) => numbers[at] ?? 0);
  const length = Math.hypot(...row) || 1;
  return row.map((value) => value / length);
}

const others = [direction(0, 1), direction(0, 1, 0.2), direction(0, 0, 1), direction(0, 0, 0, 1)];
const arbitrary = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 })
  .map((numbers) => direction(...numbers));

describe('learnLiking', () => {
  it('learns nothing from nothing', () => {
    expect(learnLiking({ liked: [], disliked: [], others })).toBeUndefined();
  });

  it('likes what is near to a single liked paper more than anything else', () => {
    const liking = learnLiking({ liked: [direction(1)], disliked: [], others })!;
    expect(liking(direction(1))).toBeGreaterThan(0.5);
    expect(liking(direction(1, 0.3))).toBeGreaterThan(liking(direction(0.3, 1)));
    for (const other of others) expect(liking(other)).toBeLessThan(0.5);
  });

  it('sinks what is near to a disliked paper', () => {
    const liked = [direction(1)];
    const before = learnLiking({ liked, disliked: [], others })!;
    const after = learnLiking({ liked, disliked: [direction(0.7, 0, 0.7)], others })!;
    const near = direction(0.6, 0, 0.8);
    const gap = (one: typeof before) => one(direction(1)) - one(near);
    expect(gap(after)).toBeGreaterThan(gap(before));
  });

  it('sinks a disliked paper under the others though nothing was liked yet', () => {
    const liking = learnLiking({ liked: [], disliked: [direction(1)], others })!;
    expect(liking(direction(1))).toBeLessThan(0.5);
    for (const other of others) expect(liking(other)).toBeGreaterThan(0.5);
  });

  it('heeds one thumb down as much as one thumb up, however many others there are', () => {
    const many = Array.from({ length: 500 }, (_, at) => others[at % others.length]!);
    const [liked, disliked] = [[direction(1, 0.5)], [direction(1, 0, 0.5)]];
    const before = learnLiking({ liked, disliked: [], others: many })!;
    const after = learnLiking({ liked, disliked, others: many })!;
    const near = direction(1, 0, 0.6);
    expect(before(near)).toBeGreaterThan(0.5);
    expect(after(near)).toBeLessThan(before(near) / 2);
    expect(after(direction(1, 0.6))).toBeGreaterThan(2 * after(near));
  });

  it('goes by what was liked lately rather than long ago', () => {
    const [lately, before] = [direction(1), direction(0, 0, 0, 1)];
    const liked = Array.from({ length: 60 }, (_, at) => (at < 30 ? lately : before));
    const liking = learnLiking({ liked, disliked: [], others: others.slice(0, 2) })!;
    expect(liking(lately)).toBeGreaterThan(liking(before));
  });

  it('stays between 0 and 1, and gives the same for the same examples, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(arbitrary, { minLength: 1, maxLength: 8 }),
        fc.array(arbitrary, { maxLength: 4 }),
        fc.array(arbitrary, { maxLength: 12 }),
        arbitrary,
        (liked, disliked, rest, asked) => {
          const examples = { liked, disliked, others: rest };
          const value = learnLiking(examples)!(asked);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(learnLiking(examples)!(asked)).toBe(value);
        },
      ),
    );
  });
});
