import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSentence } from '../../../src/core/text/index.ts';
import { hostileText } from './hostile-text.ts';

describe('the first sentence', () => {
  it.each([
    ['We use, e.g. BERT, i.e. a model.', 'It works.'],
    ['Smith et al. show this.', 'We go on.'],
    ['It gets 90.9% vs. 85.1% on v2.0.', 'Then more.'],
    ['See Fig. 2 and Sec. 3 by J. Smith.', 'Then.'],
    ['In the U.S. this works.', 'We show why.'],
    ['GPT-4.5 costs $0.50, approx. a third.', 'We use it.'],
    ['Is attention all you need?', 'We ask.'],
    ['It works!', 'We show how.'],
    ['“Scaling is all.”', 'So they say.'],
    ['We release it at https://x.org/v1.2.html for all.', 'Use it.'],
    ['1. First we light a lantern.', '2. Then we look.'],
    ['Agents wait...', 'We do not.'],
    ['We call it LAMP (cf. Sec. 4.1).', 'It shines.'],
  ])('of “%s %s” is the first of the two', (first, second) => {
    expect(firstSentence(`${first} ${second}`)).toBe(first);
  });

  it('is found where the space is missing, and in Chinese', () => {
    expect(firstSentence('We light a lantern.We look.')).toBe('We light a lantern.');
    expect(firstSentence('我们提出了一种方法。它有效。')).toBe('我们提出了一种方法。');
  });

  it('is everything where no sentence ends', () => {
    expect(firstSentence('A lantern without an end')).toBe('A lantern without an end');
    expect(firstSentence('')).toBe('');
  });

  it('of any text is a beginning of it, and its own first sentence', () => {
    const prose = fc
      .array(
        fc.constantFrom(
          'We',
          'e.g.',
          'et al.',
          '3.5',
          'U.S.',
          'Fig.',
          'it.',
          'x)',
          '?',
          '.',
          '。',
          'A.',
          ' ',
        ),
      )
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(prose, hostileText), (text) => {
        const first = firstSentence(text);
        expect(text.replace(/\s+/g, ' ').trim().startsWith(first)).toBe(true);
        expect(firstSentence(first)).toBe(first);
        expect(first === '').toBe(text.trim() === '');
      }),
      { numRuns: 1000 },
    );
  });
});
