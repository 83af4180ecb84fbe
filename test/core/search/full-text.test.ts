import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchText } from '../../../src/core/search/full-text.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aPaper, aStore } from '../store-fixtures.ts';

const papers = [
  aPaper({
    id: '2608.00001',
    title: 'Video Generation with Lanterns',
    abstract: 'Frames that glow.',
    listDate: '2026-08-20',
    publishedAt: '2026-08-18T00:00:00.000Z',
  }),
  aPaper({
    id: '2608.00002',
    title: 'Folding maps',
    abstract: 'A generation of explorers, no video. Tool-using robots.',
    listDate: '2026-08-10',
    publishedAt: '2026-08-01T00:00:00.000Z',
  }),
  aPaper({
    id: '2608.00003',
    title: 'Robots',
    abstract: 'They use a tool.',
    authors: ['Yann LeCun', 'José Núñez'],
    organization: 'Google DeepMind',
    publishedAt: '2026-08-19T00:00:00.000Z',
  }),
  aPaper({
    id: '2608.00004',
    title: 'Weather',
    abstract: 'Clouds over 北京.',
    keywords: ['diffusion models', 'video'],
  }),
  aPaper({ id: 'astro-ph/0601001', title: 'Old Light', abstract: 'Stars on a graph.' }),
];

let store: Store;

beforeAll(async () => {
  store = await aStore(papers);
});

afterAll(() => store.destroy());

async function search(query: string, limit = 10, since?: string): Promise<string[]> {
  return (await searchText(store, query, { limit, since })).map(({ id }) => id);
}

describe('searchText', () => {
  it('puts papers with every word first, the title above the rest, then those with some', async () => {
    expect(await search('video generation')).toEqual(['2608.00001', '2608.00002', '2608.00004']);
  });

  it('gives the newest first for names alone, however long their texts are', async () => {
    const by = (id: string, rest: object) => aPaper({ id, organization: 'Lantern Works', ...rest });
    const dated = await aStore([
      by('2608.00011', { title: 'Old', listDate: '2026-08-01' }),
      by('2608.00012', { title: 'Undated' }),
      by('2608.00013', { title: 'A new one with a long title', listDate: '2026-08-20' }),
      by('2608.00014', { title: 'Unlisted', publishedAt: '2026-08-10T00:00:00.000Z' }),
    ]);
    const find = async (query: string) =>
      (await searchText(dated, query, { limit: 9 })).map(({ title }) => title.split(' ')[0]);
    expect(await find('org:lantern')).toEqual(['A', 'Unlisted', 'Old', 'Undated']);
    expect(await find('author:lampwick org:lantern -undated')).toEqual(['A', 'Unlisted', 'Old']);
    await dated.destroy();
  });

  it('leaves out what is not wanted', async () => {
    expect(await search('video generation -lanterns')).toEqual(['2608.00002', '2608.00004']);
    expect(await search('video -"diffusion models" -org:google')).toEqual([
      '2608.00001',
      '2608.00002',
    ]);
    expect(await search('-video')).toEqual([]);
  });

  it('insists on words in quotes', async () => {
    expect(await search('"video generation" robots')).toEqual(['2608.00001']);
  });

  it('stops at the limit', async () => {
    expect(await search('video generation', 1)).toEqual(['2608.00001']);
    expect(await search('video generation', 2)).toHaveLength(2);
    expect(await search('video generation', 0)).toEqual([]);
    expect(await search('video generation', -3)).toEqual([]);
  });

  it('gives the whole paper as it was kept', async () => {
    const [found] = await searchText(store, 'lanterns', { limit: 1 });
    expect(found).toEqual(papers[0]);
  });

  it.each([
    ['title', 'lanterns', '2608.00001'],
    ['abstract', 'explorers', '2608.00002'],
    ['authors', 'lecun', '2608.00003'],
    ['organization', 'deepmind', '2608.00003'],
    ['keywords', 'diffusion', '2608.00004'],
  ])('looks in the %s', async (_, query, id) => {
    expect(await search(query)).toEqual([id]);
  });

  it('finds other forms of a word, and names without their accents', async () => {
    expect(await search('LANTERN')).toEqual(['2608.00001']);
    expect(await search('nunez')).toEqual(['2608.00003']);
    expect(await search('NÚÑEZ')).toEqual(['2608.00003']);
  });

  it('honours phrases first', async () => {
    expect((await search('"video generation"'))[0]).toBe('2608.00001');
    expect((await search('"use a tool"'))[0]).toBe('2608.00003');
    expect((await search('tool-using'))[0]).toBe('2608.00002');
  });

  it('requires authors and organizations even where other words fail', async () => {
    expect(await search('author:"Yann LeCun"')).toEqual(['2608.00003']);
    expect(await search('author:lecun robots weather')).toEqual(['2608.00003']);
    expect(await search('org:google')).toEqual(['2608.00003']);
    expect(await search('author:google')).toEqual([]);
    expect(await search('org:lecun robots')).toEqual([]);
  });

  it.each([
    '2608.00002',
    'arXiv:2608.00002v3',
    'https://arxiv.org/abs/2608.00002',
    'https://huggingface.co/papers/2608.00002',
  ])('gives the paper of %s', async (query) => {
    expect(await search(query)).toEqual(['2608.00002']);
  });

  it('gives the paper of an old id, and none for an unknown one', async () => {
    expect(await search('astro-ph/0601001')).toEqual(['astro-ph/0601001']);
    expect(await search('2001.99999')).toEqual([]);
  });

  it('keeps to papers listed or published since a day', async () => {
    expect(await search('video generation', 10, '2026-08-20')).toEqual(['2608.00001']);
    expect(await search('robots', 10, '2026-08-19')).toEqual(['2608.00003']);
    expect(await search('2608.00002', 10, '2026-08-11')).toEqual([]);
    expect(await search('2608.00002', 10, '2026-08-10')).toEqual(['2608.00002']);
  });

  it('finds words of other scripts', async () => {
    expect(await search('北京')).toEqual(['2608.00004']);
  });

  it.each([
    '',
    '   ',
    '🔖🔖🔖',
    'the of a',
    'a',
    '"',
    '""',
    '*',
    '^',
    ':',
    '(',
    ')',
    '()',
    '-',
    '+',
    '\u0000',
    '{}',
  ])('finds nothing for %j, and takes no harm', async (query) => {
    expect(await search(query)).toEqual([]);
  });

  it.each([
    'lanterns AND',
    'lanterns OR OR',
    'NOT lanterns',
    'NEAR(lanterns glow, 2)',
    'lanterns*',
    '^lanterns',
    'title:lanterns',
    'nosuchcolumn:lanterns',
    '(lanterns',
    'lanterns)',
    '"lanterns',
    'lanterns"',
    '- lanterns +glow',
    '{title} : lanterns',
    "lanterns'; DROP TABLE papers; --",
    "lanterns' OR 1=1 --",
    'lanterns \u0000',
    'lanterns ? @x $1 :y',
    `lanterns ${'x '.repeat(5000)}`,
  ])('reads %j as plain words', async (query) => {
    expect(await search(query)).toContain('2608.00001');
  });

  it('finds nothing for a 10 kB word', async () => {
    expect(await search('x'.repeat(10_240))).toEqual([]);
  });

  it.each(['⼀', 'ⓐ', '"⼀"', '"of the"', 'author:"⼀"', '⼀ lanterns'])(
    'takes %j, whose letters only its folded form has or which says little',
    async (query) => {
      expect((await search(query)).length).toBeLessThanOrEqual(1);
    },
  );

  it('never throws and never exceeds the limit, whatever is typed', async () => {
    const syntax = fc.constantFrom(
      ...['"', '*', '(', ')', ':', '^', '-', '+', '{', '}', ',', "'", ';', '\\', '\u0000'],
      ...['AND', 'OR', 'NOT', 'NEAR', 'author:', 'org:', 'title', 'video', ' '],
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string(),
      fc.array(syntax, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(typed, fc.integer({ min: -1, max: 4 }), async (query, limit) => {
        const ids = await search(query, limit);
        expect(ids.length).toBeLessThanOrEqual(Math.max(0, limit));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 300 },
    );
  });

  it('left every paper where it was', async () => {
    expect(await search('lanterns')).toEqual(['2608.00001']);
    expect(await search('old light')).toContain('astro-ph/0601001');
  });
});
