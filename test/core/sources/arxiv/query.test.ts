import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryQuery, searchQuery } from '../../../../src/core/sources/arxiv/query.ts';

describe('searchQuery', () => {
  it('asks for every word in any field', () => {
    expect(searchQuery('Video generation')).toBe('all:video AND all:generation');
  });

  it('keeps quoted words together', () => {
    expect(searchQuery('"video generation" long')).toBe('all:"video generation" AND all:long');
    expect(searchQuery('“video generation”')).toBe('all:video AND all:generation');
  });

  it('keeps a word together that arXiv would split', () => {
    expect(searchQuery('GPT-4 llama3.1')).toBe('all:"gpt 4" AND all:"llama3 1"');
  });

  it('looks for an author among the authors', () => {
    expect(searchQuery('author:"Tri Dao" attention')).toBe('au:"tri dao" AND all:attention');
    expect(searchQuery('author:Hinton')).toBe('au:hinton');
  });

  it('leaves little words out, unless there are no others', () => {
    expect(searchQuery('the theory of learning')).toBe('all:theory AND all:learning');
    expect(searchQuery('to the')).toBe('all:to AND all:the');
  });

  it('turns operators, fields and ranges into plain words', () => {
    expect(searchQuery('cat:cs.AI ANDNOT ti:x) OR submittedDate:[1 TO 2]')).toBe(
      'all:"cat cs ai" AND all:andnot AND all:"ti x" AND all:"submitteddate 1" AND all:2',
    );
  });

  it('is nothing without words', () => {
    for (const text of ['', '   ', '"', '""', '()[]*?~', 'author:""']) {
      expect(searchQuery(text), text).toBeUndefined();
    }
  });

  it('keeps letters of all scripts', () => {
    expect(searchQuery('Gödel 深度学习')).toBe('all:gödel AND all:深度学习');
  });

  it('gives a well-formed query of bounded length for any input', () => {
    const term = String.raw`(?:all|au):(?:[\p{L}\p{M}\p{N}]+|"[\p{L}\p{M}\p{N}]+(?: [\p{L}\p{M}\p{N}]+)+")`;
    const wellFormed = new RegExp(`^${term}(?: AND ${term}){0,11}$`, 'u');
    const piece = fc.constantFrom(
      '"',
      'author:',
      'org:',
      ' ',
      ' OR ',
      '(',
      ')',
      'a',
      'Z9',
      '[',
      '\\',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const query = searchQuery(input);
        if (query !== undefined) expect(query).toMatch(wellFormed);
      }),
    );
  });
});

describe('categoryQuery', () => {
  it('takes any of the categories, and a whole archive by its name', () => {
    expect(categoryQuery(['cs.AI', 'cs.CL'])).toBe('(cat:cs.AI OR cat:cs.CL)');
    expect(categoryQuery(['quant-ph', 'math'])).toBe(
      '(cat:quant-ph OR cat:quant-ph.* OR cat:math OR cat:math.*)',
    );
  });
});
