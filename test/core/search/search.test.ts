import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { SearchOptions } from '../../../src/core/commands/command.ts';
import { silentLog, type Log } from '../../../src/core/log.ts';
import { createSearch, type SearchSettings } from '../../../src/core/search/index.ts';
import type { PaperSource } from '../../../src/core/sources/source.ts';
import type { Store } from '../../../src/core/store/open.ts';
import type { Paper } from '../../../src/core/paper.ts';
import { findPaper, savePapers } from '../../../src/core/store/papers.ts';
import { aPaper, aStore } from '../store-fixtures.ts';
import {
  hangAnswer,
  papersAnswer,
  startHttpSource,
  statusAnswer,
  type Answer,
  type HttpSource,
} from './http-source.ts';

const NOW = '2026-08-21T12:00:00.000Z';

const lantern = aPaper({ id: '2608.00001', title: 'Lanterns', upvotes: 3, listDate: '2026-08-20' });
const brightLantern = aPaper({ id: '2608.00002', title: 'Bright lanterns', upvotes: 1 });
const remote = aPaper({
  id: '2607.00009',
  title: 'Lanterns of the sea',
  upvotes: 12,
  publishedAt: '2026-07-03T00:00:00.000Z',
});

const opened: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function hub(answer: Answer, name = 'Paper Hub'): Promise<HttpSource> {
  const source = await startHttpSource(name, answer);
  opened.push(source);
  return source;
}

async function archive(...papers: Parameters<typeof aStore>): Promise<Store> {
  const store = await aStore(...papers);
  opened.push({ close: () => store.destroy() });
  return store;
}

function searchWith(
  store: Store,
  sources: readonly PaperSource[],
  settings: Partial<SearchSettings> = {},
) {
  const search = createSearch({
    store,
    sources,
    clock: () => new Date(NOW),
    log: silentLog,
    keep: (papers) => savePapers(store, papers, NOW),
    ...settings,
  });
  return (query: string, options: Partial<SearchOptions> = {}) =>
    search(query, { limit: 10, ...options });
}

function summary({ hits }: Awaited<ReturnType<ReturnType<typeof createSearch>>>) {
  return hits.map(({ paper, from }) => `${paper.id} ${from.join('+')}`);
}

describe('search', () => {
  it('merges the archive and a source by paper, and says where each was found', async () => {
    const store = await archive([lantern, brightLantern]);
    const { source } = await hub(papersAnswer(lantern, remote));
    const answer = await searchWith(store, [source])('lanterns');
    expect(summary(answer)).toEqual([
      '2608.00001 archive+Paper Hub',
      '2608.00002 archive',
      '2607.00009 Paper Hub',
    ]);
    expect(answer.notes).toEqual([]);
  });

  it('shows what the archive knows, with the newest votes', async () => {
    const store = await archive([lantern]);
    const told = { ...lantern, title: 'Lanterns, told otherwise', upvotes: 30 };
    const { source } = await hub(papersAnswer(told));
    const { hits } = await searchWith(store, [source])('lanterns');
    expect(hits.map(({ paper }) => paper)).toEqual([{ ...lantern, upvotes: 30 }]);
  });

  it('joins what the archive knows of a paper that only a source found', async () => {
    const known = { ...remote, title: 'Tides', codeUrl: 'https://github.com/a/b' };
    const store = await archive([lantern, known]);
    const { source } = await hub(papersAnswer({ ...remote, title: 'Tides', upvotes: 40 }));
    const { hits } = await searchWith(store, [source])('lanterns');
    expect(hits[1]).toEqual({ paper: { ...known, upvotes: 40 }, from: ['Paper Hub'] });
  });

  it('keeps what a source found and a reader sees, and no more', async () => {
    const store = await archive([lantern]);
    const unseen = aPaper({ id: '2607.00010', title: 'Lanterns again' });
    const { source } = await hub(papersAnswer(remote, unseen));
    await searchWith(store, [source])('lanterns', { limit: 2 });
    expect(await findPaper(store, remote.id)).toEqual(remote);
    expect(await findPaper(store, unseen.id)).toBeUndefined();
  });

  it('answers even if the finds can not be kept, and logs it', async () => {
    const store = await archive([]);
    const { source } = await hub(papersAnswer(remote));
    const errors: string[] = [];
    const log: Log = { ...silentLog, error: (_, message) => errors.push(message) };
    const keep = () => Promise.reject(new Error('disk full'));
    const answer = await searchWith(store, [source], { keep, log })('lanterns');
    expect(summary(answer)).toEqual(['2607.00009 Paper Hub']);
    expect(errors).toHaveLength(1);
  });

  it('asks the source in plain words', async () => {
    const store = await archive([]);
    const { source, asked } = await hub(papersAnswer());
    await searchWith(store, [source])('"sea lanterns" author:“Ada Lampwick” & more');
    const [path = ''] = asked;
    expect(new URL(path, 'http://x').searchParams.get('q')?.split(/\s+/)).toEqual([
      ...['sea', 'lanterns', 'Ada', 'Lampwick', '&', 'more'],
    ]);
  });

  it('keeps a source to the authors and organizations asked for', async () => {
    const store = await archive([]);
    const other = aPaper({ id: '2607.00011', title: 'Lampwick', authors: ['Bo Li'] });
    const { source } = await hub(papersAnswer(other, remote));
    const search = searchWith(store, [source]);
    expect(summary(await search('author:lampwick'))).toEqual(['2607.00009 Paper Hub']);
    expect(summary(await search('org:lampwick'))).toEqual([]);
  });

  it('asks no source for what is not wanted, and shows none of it', async () => {
    const survey = aPaper({ id: '2607.00012', title: 'A survey of agents' });
    const { source, asked } = await hub(papersAnswer(survey, remote));
    const search = searchWith(await archive([]), [source]);
    const answer = await search('lanterns -survey -"tool use" -author:"Bo Li"');
    expect(new URL(asked[0] ?? '', 'http://x').searchParams.get('q')).toBe('lanterns');
    expect(summary(answer)).toEqual(['2607.00009 Paper Hub']);
    expect(summary(await search('agents -author:lampwick'))).toEqual([]);
  });

  it('keeps a source to the words in quotes', async () => {
    const apart = aPaper({ id: '2607.00013', title: 'The sea and its lanterns', abstract: '' });
    const { source } = await hub(papersAnswer(apart, remote));
    const answer = await searchWith(await archive([]), [source])('"lanterns of the seas"');
    expect(summary(answer)).toEqual(['2607.00009 Paper Hub']);
  });

  it('keeps a source to papers since a day', async () => {
    const store = await archive([lantern]);
    const { source } = await hub(papersAnswer(remote));
    const search = searchWith(store, [source]);
    expect(summary(await search('lanterns', { since: '2026-07-04' }))).toEqual([
      '2608.00001 archive',
    ]);
    expect(summary(await search('lanterns', { since: '2026-07-03' }))).toHaveLength(2);
  });

  it('says when a hit was posted in the asking channel', async () => {
    const store = await archive([lantern, brightLantern]);
    const channel = { platform: 'test', tenant: 't', channel: 'c' };
    const asked: unknown[] = [];
    const postedOn: SearchSettings['postedOn'] = (ref, ids) => {
      asked.push([ref, ids]);
      return Promise.resolve(new Map([['2608.00002', '2026-08-19']]));
    };
    const search = searchWith(store, [], { postedOn });
    const { hits } = await search('lanterns', { channel });
    expect(hits.map((hit) => hit.postedOn)).toEqual([undefined, '2026-08-19']);
    expect(asked).toEqual([[channel, ['2608.00001', '2608.00002']]]);
    expect((await search('lanterns')).hits[1]).not.toHaveProperty('postedOn');
  });
});

describe('topics that a channel mutes', () => {
  const channel = { platform: 'test', tenant: 't', channel: 'c' };
  const mutedIn: SearchSettings['mutedIn'] = () =>
    Promise.resolve(({ title }) => title.includes('Bright'));

  it('are left out, which a note says, and the next papers fill their places', async () => {
    const store = await archive([brightLantern, lantern]);
    const { source } = await hub(papersAnswer({ ...remote, title: 'Bright sea lanterns' }));
    const search = searchWith(store, [source], { mutedIn });
    const answer = await search('bright lanterns', { channel, limit: 1 });
    expect(summary(answer)).toEqual(['2608.00001 archive']);
    expect(answer.notes).toEqual([
      'Left out are papers that this channel mutes, or that were withdrawn. See /papers mute list.',
    ]);
    expect((await search('lanterns', { limit: 1 })).notes).toEqual([]);
    expect((await search('bright lanterns')).hits).toHaveLength(3);
  });

  it('are no end to what the archive has, however many come first', async () => {
    const bright = Array.from({ length: 30 }, (_, at) =>
      aPaper({ id: `2608.001${String(at).padStart(2, '0')}`, title: 'Bright lanterns' }),
    );
    const dim = Array.from({ length: 5 }, (_, at) =>
      aPaper({ id: `2608.0020${at}`, title: 'Dim lanterns', abstract: 'Seldom bright.' }),
    );
    const { source, asked } = await hub(papersAnswer());
    const search = searchWith(await archive([...bright, ...dim]), [source], { mutedIn });
    const answer = await search('bright lanterns', { channel, limit: 5 });
    expect(answer.hits.map(({ paper }) => paper.title)).toEqual(dim.map(({ title }) => title));
    expect(asked).toHaveLength(1);
    const all = searchWith(await archive(bright), [], { mutedIn });
    expect(await all('bright lanterns', { channel, limit: 5 })).toMatchObject({
      hits: [],
      allMuted: true,
    });
  });

  it('are no bar to a paper that is asked for by its id', async () => {
    const search = searchWith(await archive([brightLantern]), [], { mutedIn });
    expect((await search('2608.00002', { channel })).hits).toHaveLength(1);
  });
});

describe('search for an id or link', () => {
  it('answers from the archive without asking anybody', async () => {
    const store = await archive([lantern]);
    const { source, asked } = await hub(papersAnswer(remote));
    const answer = await searchWith(store, [source])('https://arxiv.org/abs/2608.00001v2');
    expect(summary(answer)).toEqual(['2608.00001 archive']);
    expect(asked).toEqual([]);
  });

  it.each([
    'https://doi.org/10.48550/arXiv.2608.00001',
    'https://www.alphaxiv.org/abs/2608.00001',
    'https://ar5iv.labs.arxiv.org/html/2608.00001',
    'https://ar5iv.org/abs/2608.00001v2',
    'arXiv: 2608.00001',
    'see https://arxiv.org/abs/2608.00001, please',
    'is arXiv: 2608.00001 good?',
    '<https://arxiv.org/abs/2608.00001|KV>',
    '2608.00001.',
    '(2608.00001)',
  ])('knows the paper of %s', async (query) => {
    const { source, asked } = await hub(papersAnswer(remote));
    const store = await archive([brightLantern, lantern, aPaper({ id: '1', title: 'See arXiv' })]);
    const answer = await searchWith(store, [source])(query);
    expect(answer.hits.map(({ paper, why }) => [paper.id, why])).toEqual([
      ['2608.00001', undefined],
    ]);
    expect(asked).toEqual([]);
  });

  it.each(['lanterns 2608.00002', 'https://arxiv.org/abs/2608.00002 hf.co/papers/2607.00009'])(
    'searches for the words of %s, which is no one paper',
    async (query) => {
      const { source, asked } = await hub(papersAnswer());
      await searchWith(await archive([lantern]), [source])(query);
      expect(asked[0]).toMatch(/^\/search/);
    },
  );

  it('asks the sources for a paper that the archive lacks, and keeps it', async () => {
    const store = await archive([lantern]);
    const { source, asked } = await hub(papersAnswer(remote));
    const answer = await searchWith(store, [source])('arXiv:2607.00009');
    expect(summary(answer)).toEqual(['2607.00009 Paper Hub']);
    expect(asked).toEqual(['/find?id=2607.00009']);
    expect(await findPaper(store, '2607.00009')).toEqual(remote);
  });

  it('finds nothing when nobody knows it', async () => {
    const { source } = await hub(papersAnswer());
    const answer = await searchWith(await archive([]), [source])('2001.99999');
    expect(answer).toMatchObject({ hits: [], notes: [], tried: { ways: [] } });
  });
});

describe('what was tried', () => {
  it('names the places that answered and the other ways to write it', async () => {
    const { source } = await hub(papersAnswer());
    const answer = await searchWith(await archive([lantern]), [source])(
      'RAG multi-modal automation',
    );
    expect(answer.hits).toEqual([]);
    expect(answer.tried).toEqual({
      places: ['archive', 'Paper Hub'],
      ways: ['retrieval augmented generation', 'multimodal'],
    });
  });
});

describe('other scripts', () => {
  it.each([
    ['语言模型', '大型语言模型综述'],
    ['schrodinger', 'Schrödinger bridges'],
    ['Erdős', 'On a problem of Erdos'],
    ['обучение', 'Глубокое обучение'],
    ['언어', '거대 언어 모델'],
  ])('%s finds %s', async (query, title) => {
    const foreign = aPaper({ id: '2608.00077', title });
    const answer = await searchWith(await archive([lantern, foreign]), [])(query);
    expect(answer.hits.map(({ paper }) => paper.title)).toEqual([title]);
    expect(answer.hits.map(({ why }) => why)).toEqual([`matches “${query}”`]);
  });
});

describe('a script without spaces', () => {
  const chinese = (id: string, title: string, facts: Partial<Paper> = {}) =>
    aPaper({ id, title, abstract: '', ...facts });
  const papers = [
    chinese('2608.00071', '大型语言模型综述', { authors: ['Yann LeCun'] }),
    chinese('2608.00072', '大型语言模型训练', { organization: 'Google' }),
    chinese('2608.00073', '大型语言模型 survey'),
  ];

  it.each([
    ['语言模型 author:lecun', ['2608.00071']],
    ['语言模型 org:google', ['2608.00072']],
    ['语言模型 -survey', ['2608.00072', '2608.00071']],
    ['语言模型 -综述', ['2608.00073', '2608.00072']],
    ['"语言模型" -综述 -survey', ['2608.00072']],
    ['语言模型 author:hopper', []],
  ])('%s keeps to all it asks for', async (query, ids) => {
    const answer = await searchWith(await archive(papers), [])(query);
    expect(answer.hits.map(({ paper }) => paper.id)).toEqual(ids);
  });
});

describe('a source in trouble', () => {
  it('leaves a note when it is silent, in time, and its request is hung up', async () => {
    const store = await archive([lantern]);
    const { source, hungUp } = await hub(hangAnswer);
    const start = performance.now();
    const answer = await searchWith(store, [source], { timeoutMs: 200 })('lanterns');
    expect(performance.now() - start).toBeLessThan(1500);
    expect(summary(answer)).toEqual(['2608.00001 archive']);
    expect(answer.notes).toEqual([
      'Paper Hub did not answer within 0.2 s; these are from the archive alone.',
    ]);
    await hungUp;
  });

  it('leaves the same note when it is deaf to the hang-up', async () => {
    const store = await archive([lantern]);
    const { source } = await hub(hangAnswer);
    const deaf: PaperSource = { ...source, search: () => new Promise(() => undefined) };
    const answer = await searchWith(store, [deaf], { timeoutMs: 100 })('lanterns');
    expect(answer.notes).toEqual([
      'Paper Hub did not answer within 0.1 s; these are from the archive alone.',
    ]);
  });

  it('waits 2.5 s unless told otherwise', async () => {
    const store = await archive([lantern]);
    const { source } = await hub(hangAnswer);
    const start = performance.now();
    const { notes } = await searchWith(store, [source])('lanterns');
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(2400);
    expect(took).toBeLessThan(3500);
    expect(notes[0]).toContain('did not answer within 2.5 s');
  });

  it.each([
    [500, 'Paper Hub could not be reached; these are from the archive alone.'],
    [429, 'Paper Hub asked us to wait; these are from the archive alone.'],
  ])('leaves a note when it answers %d', async (status, note) => {
    const store = await archive([lantern]);
    const { source } = await hub(statusAnswer(status));
    const answer = await searchWith(store, [source])('lanterns');
    expect(summary(answer)).toEqual(['2608.00001 archive']);
    expect(answer.notes).toEqual([note]);
  });

  it('says so when the archive has nothing either', async () => {
    const { source } = await hub(statusAnswer(500));
    const { notes } = await searchWith(await archive([]), [source])('lanterns');
    expect(notes).toEqual(['Paper Hub could not be reached; the archive alone has nothing.']);
  });

  it('does not take the finds of another source away, and both are asked at once', async () => {
    const store = await archive([lantern]);
    const slow = await hub(hangAnswer, 'Slow Hub');
    const slower = await hub(hangAnswer, 'Slower Hub');
    const good = await hub(papersAnswer(remote));
    const sources = [slow.source, slower.source, good.source];
    const start = performance.now();
    const answer = await searchWith(store, sources, { timeoutMs: 400 })('lanterns');
    expect(performance.now() - start).toBeLessThan(750);
    expect(summary(answer)).toEqual(['2608.00001 archive', '2607.00009 Paper Hub']);
    expect(answer.notes).toEqual([
      'Slow Hub did not answer within 0.4 s; its finds are missing here.',
      'Slower Hub did not answer within 0.4 s; its finds are missing here.',
    ]);
  });

  it('is asked beyond the sources only where the archive has found little', async () => {
    const far = await hub(papersAnswer(remote), 'Far Hub');
    const some = Array.from({ length: 10 }, (_, at) =>
      aPaper({ id: `2608.1000${at}`, title: `Lanterns ${at}` }),
    );
    const few = await searchWith(await archive(some.slice(1)), [], { beyond: [far.source] })(
      'lanterns',
    );
    expect(summary(few)).toContain('2607.00009 Far Hub');
    expect(few.tried.places).toEqual(['archive', 'Far Hub']);
    expect(far.asked).toHaveLength(1);
    const enough = await searchWith(await archive(some), [far.source], { beyond: [far.source] })(
      'lanterns',
    );
    expect(summary(enough).join()).not.toContain('Far Hub');
    expect(far.asked).toHaveLength(1);
  });

  it('is asked beyond the sources where few hold every word, however many hold some', async () => {
    const far = await hub(papersAnswer(remote), 'Far Hub');
    const some = Array.from({ length: 12 }, (_, at) =>
      aPaper({ id: `2608.1000${at}`, title: at < 9 ? `Sea lanterns ${at}` : `Lanterns ${at}` }),
    );
    const search = searchWith(await archive(some), [], { beyond: [far.source] });
    await search('lanterns');
    expect(far.asked).toHaveLength(0);
    expect((await search('sea lanterns')).tried.places).toEqual(['archive', 'Far Hub']);
  });

  it('has what is left of the time where it is beyond the sources', async () => {
    const near = await hub(hangAnswer, 'Near Hub');
    const far = await hub(hangAnswer, 'Far Hub');
    const start = performance.now();
    const { notes } = await searchWith(await archive([lantern]), [near.source], {
      beyond: [far.source],
      timeoutMs: 400,
    })('lanterns');
    expect(performance.now() - start).toBeLessThan(700);
    expect(notes).toHaveLength(2);
  });

  it('is asked beyond the sources for a paper that none of them knows', async () => {
    const near = await hub(papersAnswer());
    const far = await hub(papersAnswer(remote), 'Far Hub');
    const beyond = { beyond: [far.source] };
    const answer = await searchWith(await archive([]), [near.source], beyond)('arXiv:2607.00009');
    expect(summary(answer)).toEqual(['2607.00009 Far Hub']);
  });

  it('leaves a note for a bug in it too, even one thrown at once', async () => {
    const { source } = await hub(papersAnswer());
    const broken: PaperSource = {
      ...source,
      search: () => {
        throw new TypeError('x is not a function');
      },
    };
    const { notes } = await searchWith(await archive([lantern]), [broken])('lanterns');
    expect(notes).toEqual(['Paper Hub failed; these are from the archive alone.']);
  });

  it('is not asked when it has no search', async () => {
    const { source, asked } = await hub(statusAnswer(500));
    const plain: PaperSource = {
      id: source.id,
      name: source.name,
      day: (date) => source.day(date),
      fetch: (date) => source.fetch(date),
    };
    const search = searchWith(await archive([lantern]), [plain]);
    expect((await search('lanterns')).notes).toEqual([]);
    expect((await search('2001.99999')).notes).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('any text', () => {
  it.each(['', '  ', '🔖', 'the', '"" author:""'])('%j asks nobody', async (query) => {
    const { source, asked } = await hub(papersAnswer(remote));
    const answer = await searchWith(await archive([lantern]), [source])(query);
    expect(answer).toMatchObject({ hits: [], notes: [] });
    expect(asked).toEqual([]);
  });

  it('is safe, and gives each paper once, at most as many as asked', async () => {
    const store = await archive([lantern, brightLantern]);
    const { source } = await hub(papersAnswer(lantern, remote, remote));
    const search = searchWith(store, [source]);
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.constantFrom('lanterns', 'author:', '"lanterns', 'org:x lanterns', 'x'.repeat(10_240)),
    );
    await fc.assert(
      fc.asyncProperty(typed, fc.integer({ min: 0, max: 3 }), async (query, limit) => {
        const { hits } = await search(query, { limit });
        const ids = hits.map(({ paper }) => paper.id);
        expect(ids.length).toBeLessThanOrEqual(limit);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 60 },
    );
  });
});
