import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedVotes, shareReached } from '../../../src/core/ranking/growth.ts';

describe('shareReached', () => {
  it.each([
    [2.5, 0.1],
    [8, 0.42],
    [24, 0.67],
    [48, 0.78],
    [72, 0.85],
    [96, 0.91],
    [144, 0.94],
    [168, 1],
  ])('is as measured: at %d h %d', (hours, share) => {
    expect(shareReached(hours)).toBeCloseTo(share, 10);
  });

  it('lies between the measured points', () => {
    expect(shareReached(16)).toBeCloseTo((0.42 + 0.67) / 2, 10);
  });

  it('stays at the first point before it and at 1 after the last', () => {
    expect(shareReached(0)).toBe(0.1);
    expect(shareReached(-5)).toBe(0.1);
    expect(shareReached(1000)).toBe(1);
    expect(shareReached(Infinity)).toBe(1);
  });

  it('is above 0 and at most 1 for any number', () => {
    fc.assert(
      fc.property(fc.double(), (hours) => {
        const share = shareReached(hours);
        expect(share > 0 && share <= 1).toBe(true);
      }),
    );
  });

  it('never falls as a paper ages', () => {
    const hours = fc.double({ min: -10, max: 300, noNaN: true });
    fc.assert(
      fc.property(hours, hours, (a, b) => {
        const [younger, older] = a < b ? [a, b] : [b, a];
        expect(shareReached(younger)).toBeLessThanOrEqual(shareReached(older));
      }),
    );
  });
});

describe('expectedVotes', () => {
  it('divides by the share reached', () => {
    expect(expectedVotes(42, 8)).toBeCloseTo(100, 10);
    expect(expectedVotes(42, 200)).toBe(42);
  });
});
