import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../../src/core/text/clean.ts';
import { hostileText, INVISIBLE } from './hostile-text.ts';

describe('clean', () => {
  it.each([
    [
      'tabs and line ends part words',
      'one\ttwo\r\nthree\u0085four\u2028five',
      'one two three four five',
    ],
    ['zero-width characters part none', 'zero\u200bwidth\u2060here\ufeff', 'zerowidthhere'],
    ['bidi marks go', '\u202eabc\u202c \u2066def\u2069', 'abc def'],
    ['soft hyphens and variation selectors go', 'hy\u00adphen ❤\ufe0f', 'hyphen ❤'],
    ['lone surrogates and noncharacters go', 'a\ud800b\ufffec', 'abc'],
    ['tags go', 'a\u{e0041}\u{e007f}b', 'ab'],
    ['letters and marks are composed', 'Cafe\u0301', 'Café'],
    ['towers of diacritics are cut', `Z${'\u0335'.repeat(50)}algo`, `Z${'\u0335'.repeat(4)}algo`],
    ['Vietnamese keeps both of its marks', 'Việt Nam', 'Việt Nam'],
    ['Burmese syllables stay whole', 'မြန်မာဘာသာ', 'မြန်မာဘာသာ'],
    ['families fall apart into their members', '👩\u200d🔬', '👩🔬'],
  ])('%s', (_, given, text) => {
    expect(clean(given)).toBe(text);
  });

  it('is a fixed point without invisible characters, never longer than the NFC form', () => {
    fc.assert(
      fc.property(hostileText, (given) => {
        const text = clean(given);
        expect(text).not.toMatch(INVISIBLE);
        expect(clean(text)).toBe(text);
        expect(text.length).toBeLessThanOrEqual(given.normalize('NFC').length);
      }),
      { numRuns: 1000 },
    );
  });
});
