import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchArchive } from '../../../src/core/search/archive.ts';
import { createExplain } from '../../../src/core/search/explain.ts';
import { heldWords, respell } from '../../../src/core/search/spelling.ts';
import { acronymsOf, variantsOf, waysOf } from '../../../src/core/search/variants.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createVectors, type Vectors } from '../../../src/core/vectors/index.ts';
import { createLog } from '../commands/services.ts';
import { aPaper, aStore } from '../store-fixtures.ts';
import { themedPapers, themeOf } from '../vectors/themes.ts';

const NOW = '2026-08-21T12:00:00.000Z';
const papers = themedPapers(240);
const special = aPaper({
  id: '2608.09001',
  title: 'Torch and beacon',
  abstract: 'Ember, spark and shade.',
  authors: ['Grace Hopper'],
  organization: 'Google',
  listDate: '2026-08-19',
});

let store: Store;
let vectors: Vectors;
beforeAll(async () => {
  store = await aStore(papers);
  vectors = createVectors({ store, clock: () => new Date(NOW), log: createLog() });
  await vectors.tend();
  await savePapers(store, [special], NOW);
});
afterAll(() => store.destroy());

async function search(
  query: string,
  options: { limit?: number; since?: string; until?: string } = {},
) {
  return (await searchArchive({ store, vectors }, query, { limit: 10, ...options })).papers;
}

describe('searchArchive', () => {
  it('finds papers of a theme, also those without the word', async () => {
    const found = await search('candle', { limit: 9 });
    expect(found.slice(0, 5).map((paper) => themeOf(paper))).toEqual([0, 0, 0, 0, 0]);
    expect(found.map(({ id }) => id)).toContain(special.id);
  });

  it('keeps to days, names, quotes and what is not wanted', async () => {
    expect((await search('candle', { until: '2026-08-19' })).map(({ id }) => id)).toEqual([
      special.id,
    ]);
    expect(await search('candle', { since: '2026-08-21' })).toEqual([]);
    expect((await search('torch author:hopper')).map(({ id }) => id)).toEqual([special.id]);
    expect((await search('candle "torch and beacon"')).map(({ id }) => id)).toEqual([special.id]);
    const without = await search('candle -wick', { limit: 50 });
    expect(without.length).toBeGreaterThan(0);
    for (const { title, abstract } of without) expect(title + abstract).not.toContain('wick');
  });

  it('puts words side by side first, and of equals those with more votes', async () => {
    const votes = await aStore(papers);
    const learnt = createVectors({ store: votes, clock: () => new Date(NOW), log: createLog() });
    await learnt.tend();
    const like = (id: string, title: string, upvotes: number) =>
      aPaper({ id, title, abstract: 'Flame, oil and lamp.', listDate: '2026-08-10', upvotes });
    await savePapers(
      votes,
      [
        like('2608.09002', 'A candle and a wick', 3),
        like('2608.09003', 'A wick and a candle', 90),
        like('2608.09004', 'A lamp, a candle wick', 3),
      ],
      NOW,
    );
    const find = async (query: string) =>
      (await searchArchive({ store: votes, vectors: learnt }, query, { limit: 240 })).papers
        .map(({ id }) => id)
        .filter((id) => id.startsWith('2608.0900'));
    expect((await find('candle wick'))[0]).toBe('2608.09004');
    expect((await find('candle')).indexOf('2608.09003')).toBeLessThan(
      (await find('candle')).indexOf('2608.09002'),
    );
    await votes.destroy();
  });

  it('goes by the rarer of two words that no paper holds together', async () => {
    const apart = await aStore(papers);
    const learnt = createVectors({ store: apart, clock: () => new Date(NOW), log: createLog() });
    const beside = Array.from({ length: 6 }, (_, at) =>
      aPaper({
        id: `2608.0900${at + 1}`,
        title: 'Lamp and lantern',
        abstract: 'Zebra, flame, oil, shade, torch and beacon.',
        listDate: '2026-08-10',
      }),
    );
    await savePapers(apart, beside, NOW);
    await learnt.tend();
    const found = await searchArchive({ store: apart, vectors: learnt }, 'candle zebra', {
      limit: 6,
    });
    expect(found.papers.map(({ id }) => id).sort()).toEqual(beside.map(({ id }) => id));
    expect(found.whole).toBe(0);
    await apart.destroy();
  });

  it('goes by titles and votes where every word is common', async () => {
    const common = await aStore(
      papers.map((paper, at) => ({
        ...paper,
        title: `A model of ${paper.title}`,
        upvotes: at === 77 ? 90 : 3,
        listDate: '2026-08-10',
      })),
    );
    const learnt = createVectors({ store: common, clock: () => new Date(NOW), log: createLog() });
    await learnt.tend();
    const found = await searchArchive({ store: common, vectors: learnt }, 'models', { limit: 9 });
    expect(found.papers).toHaveLength(9);
    expect(found.papers[0]?.id).toBe(papers[77]!.id);
    await common.destroy();
  });

  it('puts a title with every common word before those with some', async () => {
    const common = await aStore(
      papers.map((paper, at) => ({
        ...paper,
        title:
          at === 77 ? `A model, and ${paper.title}, of a system` : at % 2 ? 'Models' : 'Systems',
        upvotes: at === 77 ? 3 : 90,
        listDate: '2026-08-10',
      })),
    );
    const learnt = createVectors({ store: common, clock: () => new Date(NOW), log: createLog() });
    await learnt.tend();
    const found = await searchArchive({ store: common, vectors: learnt }, 'system models', {
      limit: 9,
    });
    expect(found.papers).toHaveLength(9);
    expect(found.papers[0]?.id).toBe(papers[77]!.id);
    expect(found.whole).toBe(1);
    await common.destroy();
  });

  it('shows no far neighbours where nothing is close', async () => {
    // The theme's eight papers and the special one, of 241.
    expect(await search('candle', { limit: 100 })).toHaveLength(9);
    const oneOfEach =
      'lantern robot protein cloud aoo0 boo1 coo2 doo3 eoo4 foo5 goo6 hoo7 ioo8 joo9 koo10 loo11 aoo12';
    expect(await search(oneOfEach, { limit: 100 })).toEqual([]);
  });

  it('tells what meaning found from what matches in words', async () => {
    const near = await searchArchive({ store, vectors }, 'candle', { limit: 9 });
    const without = near.papers.filter(
      ({ title, abstract }) => !(title + abstract).includes('candle'),
    );
    expect(without.map(({ id }) => id)).toContain(special.id);
    expect(without.filter(({ id }) => near.inWords.has(id))).toEqual([]);
    const words = await searchArchive({ store, vectors }, 'ember', { limit: 9 });
    expect(words.inWords.has(special.id)).toBe(true);
    const plain = await searchArchive({ store }, 'ember', { limit: 9 });
    expect([...plain.inWords]).toEqual(plain.papers.map(({ id }) => id));
  });

  it('gives the paper of an id', async () => {
    expect(await search('https://arxiv.org/abs/2608.09001v2')).toEqual([special]);
  });

  it('gives each paper once and no more than asked for, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        for (const query of [text, `candle ${text}`, `-${text} "${text}`]) {
          const found = await search(query, { limit: 7 });
          expect(found.length).toBeLessThanOrEqual(7);
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('createExplain', () => {
  const paper = aPaper({
    id: '1',
    title: 'Generation of videos',
    keywords: ['tool use'],
    authors: ['Ada Lampwick', 'Yann LeCun', 'Jörg Müller'],
    organization: 'Google DeepMind',
  });
  it.each([
    ['video generation', 'matches “video generation”'],
    ['lantern video', 'matches “video”'],
    ['"tool use" -lantern author:Ada', 'matches “tool use”'],
    ['videos tooluse', 'matches “videos”'],
    ['"tools, 3)" videos,', 'matches “videos”'],
    ['"videos, (tools)" c++', 'matches “videos, (tools”'],
    ['lecun', 'by Yann LeCun'],
    ['Muller video', 'matches “video”; by Jörg Müller'],
    ['deepmind', 'by Google DeepMind'],
    ['author:Ada -lantern', undefined],
  ])('says of %j: %s', (query, why) => {
    expect(createExplain(query)(paper, true)).toBe(why);
  });

  it('repeats no more of a long query than fits a line', () => {
    const query = 'video-'.repeat(150);
    const long = { ...paper, title: query };
    expect(createExplain(query)(long, true)).toBe(`matches “${'video-'.repeat(9)}video…”`);
  });

  it('speaks of meaning only where meaning found it', () => {
    const explain = createExplain('lanterns');
    expect(explain(paper, false)).toBe('close in meaning');
    expect(explain(paper, true)).toBe('matches another form of the words');
  });
});

describe('respell', () => {
  const nobody = () => Promise.resolve(new Map());

  it('mends words that no paper holds, and only those', async () => {
    const { words } = (await vectors.meaning())!;
    expect(await respell('robot grippper "lanttern" -wheell', words, nobody)).toBe(
      'robot gripper "lantern" -wheell',
    );
    expect(await respell('robot gripper', words, nobody)).toBeUndefined();
    const english = { forms: ['whether', 'weather'], share: () => 0 };
    expect(await respell('wether forecasts', english, nobody)).toBe('weather forecasts');
    expect(await respell('zyzzyva author:Grippper', words, nobody)).toBeUndefined();
  });

  it('mends whole words wherever they stand, with accents or without, and no names', async () => {
    const english = { forms: ['weather'], share: () => 0 };
    const held = () => Promise.resolve(new Map([['wetherby', { sure: true }]]));
    const mend = (query: string) => respell(query, english, held);
    expect(await mend('Wetherby WETHER "for wether"')).toBe('Wetherby weather "for weather"');
    expect(await mend('wéther')).toBe('weather');
    expect(await mend('author:wether -"a wether" -wether org:"wether" wether')).toBe(
      'author:wether -"a wether" -wether org:"wether" weather',
    );
  });

  it('leaves alone what a paper or a name holds, though the vocabulary lacks it', async () => {
    const english = { forms: ['crisp', 'hoppers', 'ember'], share: () => 0 };
    const held = (asked: readonly string[]) => heldWords(store, asked);
    expect(await respell('Hopper', english, held)).toBeUndefined();
    expect(await respell('Hoppr embrr', english, held)).toBe('hoppers ember');
    const sure = { sure: true };
    expect(await heldWords(store, ['hopper', 'google', 'zyzzyva'])).toEqual(
      new Map([
        ['hopper', sure],
        ['google', sure],
      ]),
    );
  });

  it('takes a word of one abstract for a slip where a common one is very near', async () => {
    const shares = new Map([
      ['speech', 0.03],
      ['spanish', 0.01],
    ]);
    const english = { forms: [...shares.keys()], share: (word: string) => shares.get(word) ?? 0 };
    const once = { sure: false };
    const held = () =>
      Promise.resolve(
        new Map([
          ['speach', once],
          ['spansh', once],
        ]),
      );
    expect(await respell('speach spansh', english, held)).toBe('speech spansh');
  });

  it('is sure of a word of a title, a name, or two abstracts', async () => {
    const own = await aStore([
      aPaper({ id: '2601.00001', title: 'Zoetrope', abstract: 'A speach on a phaeton.' }),
      aPaper({ id: '2601.00002', authors: ['Ada'], abstract: 'A phaeton.' }),
    ]);
    const spelt = await heldWords(own, ['zoetrope', 'speach', 'phaeton', 'ada']);
    await own.destroy();
    expect([...spelt].map(([word, { sure }]) => [word, sure])).toEqual([
      ['zoetrope', true],
      ['speach', false],
      ['phaeton', true],
      ['ada', true],
    ]);
  });
});

describe('variants of words', () => {
  it.each([
    ['RAG', ['retrieval augmented generation']],
    ['multi-modal', ['multimodal']],
    ['multimodal', ['multi modal']],
    ['agents', []],
    ['constructor', []],
  ])('of %s', (word, variants) => {
    expect(variantsOf(word)).toEqual(variants);
  });

  it('are split only before a word that papers hold', () => {
    expect(waysOf('automation multimodal', (word) => word === 'modal')).toEqual(['multi modal']);
    expect(waysOf('RAG automation', () => false)).toEqual(['retrieval augmented generation']);
  });

  it('include the acronym of what is written out', () => {
    expect(acronymsOf('sparse mixture of experts')).toEqual(['moe']);
    expect(acronymsOf('mixtures')).toEqual([]);
  });
});
