import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../../src/core/text/index.ts';

describe('shorten', () => {
  it.each([
    ['A long title about lanterns', 12, 'A long…'],
    ['A long title about lanterns', 13, 'A long title…'],
    ['Lanterns: a survey', 11, 'Lanterns…'],
    ['abcdefghijklmnop', 5, 'abcd…'],
    ['漢字漢字漢字', 4, '漢字漢…'],
    ['👩‍🔬👩‍🔬👩‍🔬', 9, '👩‍🔬…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['short', 5, 'short'],
    ['long', 1, '…'],
    ['long', 0, ''],
    ['long', -3, ''],
  ])('%j to %i is %j', (text, max, short) => {
    expect(shorten(text, max)).toBe(short);
  });

  it('of any text fits, begins it, splits nothing, and is itself when it fits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 0, max: 60 }),
        (text, max) => {
          const short = shorten(text, max);
          expect(short.length).toBeLessThanOrEqual(max);
          expect(shorten(short, max)).toBe(short);
          if (text.length <= max) expect(short).toBe(text);
          else if (max > 0) {
            expect(short.endsWith('…')).toBe(true);
            expect(text.startsWith(short.slice(0, -1))).toBe(true);
            expect(short).not.toMatch(/\p{Cs}/u);
            expect(short.slice(0, -1)).not.toMatch(/\s$/);
          }
        },
      ),
    );
  });
});
