import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNamed, parseQuery, toWords } from '../../src/core/query.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string());

describe('toWords', () => {
  it('keeps letters and digits, lower case', () => {
    expect(toWords('GPT-4o, what’s new?')).toEqual(['gpt', '4o', 'what', 's', 'new']);
  });

  it('folds accents and compatibility forms', () => {
    expect(toWords('Schrödinger Éric ﬁne Ｗｉｄｅ')).toEqual([
      'schrodinger',
      'eric',
      'fine',
      'wide',
    ]);
  });

  it('keeps the words of other scripts', () => {
    expect(toWords('视频 生成, модель')).toEqual(['视频', '生成', 'модель']);
  });

  it('gives only words without marks, capitals or signs, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of toWords(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });

  it('gives the same words for its own words joined', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = toWords(text);
        expect(toWords(words.join(' '))).toEqual(words);
      }),
    );
  });
});

describe('parseQuery', () => {
  it('reads words, phrases, authors and organizations', () => {
    expect(parseQuery('agents "tool use" author:"Yann LeCun" org:google')).toEqual([
      { field: 'text', text: 'agents' },
      { field: 'text', text: 'tool use', exact: true },
      { field: 'author', text: 'Yann LeCun', exact: true },
      { field: 'org', text: 'google' },
    ]);
  });

  it('takes the quotes that phones and chats type', () => {
    expect(parseQuery('“tool use” author:«Bo Li»')).toEqual([
      { field: 'text', text: 'tool use', exact: true },
      { field: 'author', text: 'Bo Li', exact: true },
    ]);
  });

  it('knows what is not wanted by the minus before it, and leaves hyphens alone', () => {
    expect(parseQuery('agents -survey -"tool use" -org:google multi-modal - x')).toEqual([
      { field: 'text', text: 'agents' },
      { field: 'text', text: 'survey', excluded: true },
      { field: 'text', text: 'tool use', exact: true, excluded: true },
      { field: 'org', text: 'google', excluded: true },
      { field: 'text', text: 'multi-modal' },
      { field: 'text', text: 'x' },
    ]);
  });

  it('leaves stop words out unless they are quoted', () => {
    expect(parseQuery('papers about the use of agents')).toEqual([
      { field: 'text', text: 'agents' },
    ]);
    expect(parseQuery('"what is it"')).toEqual([
      { field: 'text', text: 'what is it', exact: true },
    ]);
  });

  it.each(['', '   ', '🔖🔖', '"', '""', '* ^ : ( ) - +', 'the of a', 'org:""'])(
    'finds nothing to look for in %j',
    (query) => {
      expect(parseQuery(query)).toEqual([]);
    },
  );

  it('is bounded, and every term has a word, for any text however long', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 400 }), (text, times) => {
        const terms = parseQuery(text.repeat(times));
        expect(terms.length).toBeLessThanOrEqual(32);
        for (const { text: term } of terms) expect(toWords(term)).not.toEqual([]);
      }),
    );
  });
});

describe('isNamed', () => {
  it.each([
    ['Yann LeCun', 'yann lecun', true],
    ['Yann A. LeCun', 'Yann LeCun', true],
    ['Google Research', 'google', true],
    ['Éva Szabó', 'eva szabo', true],
    ['LeCun', 'Yann LeCun', false],
    ['Googlers United', 'google', false],
  ])('%s for %s: %s', (name, wanted, named) => {
    expect(isNamed(name, wanted)).toBe(named);
  });
});
