import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { matchesQuery } from '../../../src/core/ranking/words.ts';
import { toWords } from '../../../src/core/query.ts';
import { aPaper } from '../store-fixtures.ts';

const paper = aPaper({
  id: '2608.00001',
  title: 'Multi-Agent Tool Use for Video Generation',
  abstract: 'We train robots that handle cups. Scaling policies helps: the cup is rarely dropped.',
  keywords: ['imitation learning', 'world models'],
  authors: ['Ada B. Lampwick', 'José Núñez'],
  organization: 'Google DeepMind',
});

describe('matchesQuery', () => {
  it.each([
    ['agents', 'title'],
    ['video generation', 'title'],
    ['generation video', 'title'],
    ['"tool use"', 'title'],
    ['multi-agent', 'title'],
    ['world model', 'keywords'],
    ['robot', 'abstract'],
    ['robots scaled policy', 'abstract'],
    ['agents robots', 'abstract'],
    ['author:"ada lampwick"', 'authors'],
    ['author:nunez', 'authors'],
    ['org:google', 'organization'],
    ['org:google agents', 'title'],
  ])('finds %s in the %s', (query, field) => {
    expect(matchesQuery(paper, query)?.field).toBe(field);
  });

  it.each([
    'quantum',
    'agents quantum',
    '"use tool"',
    'tool-video',
    '"learning world"',
    'author:google',
    'author:"ada núñez"',
    'org:lampwick',
    'lampwick',
    'org:google quantum',
  ])('does not find %s', (query) => {
    expect(matchesQuery(paper, query)).toBeUndefined();
  });

  it.each(['', '🔖', 'the of', '***'])('matches nothing with %j, which says nothing', (query) => {
    expect(matchesQuery(paper, query)).toBeUndefined();
  });

  it('tells words as typed and names as the paper spells them', () => {
    expect(matchesQuery(paper, 'Agents author:lampwick')?.words).toEqual([
      'Agents',
      'Ada B. Lampwick',
    ]);
  });

  it('reads the summary where there is no abstract', () => {
    const bare: Paper = { ...paper, abstract: '', summary: 'Lanterns that fold.' };
    expect(matchesQuery(bare, 'lantern')?.field).toBe('abstract');
    expect(matchesQuery({ ...paper, summary: 'Lanterns.' }, 'lantern')).toBeUndefined();
  });

  it('never throws, and finds a quoted title in the title, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (title, query) => {
        const one = aPaper({ id: '2608.00001', title });
        matchesQuery(one, query);
        const found = matchesQuery(one, `"${title.replace(/["“”„«»]/g, ' ')}"`);
        expect(found?.field).toBe(toWords(title).length > 0 ? 'title' : undefined);
      }),
    );
  });
});
