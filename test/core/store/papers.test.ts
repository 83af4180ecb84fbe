import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { openStore, type Store } from '../../../src/core/store/open.ts';
import {
  countPapers,
  findPaper,
  findPapers,
  papersOfLists,
  savePapers,
  saveReadings,
} from '../../../src/core/store/papers.ts';

const EARLY = '2026-08-20T08:00:00.000Z';
const LATE = '2026-08-21T02:00:00.000Z';

const poor: Paper = {
  id: '2608.12345',
  title: 'Agents at Work',
  abstract: '',
  authors: [],
  categories: [],
  keywords: [],
  source: 'hugging-face',
};

const rich: Paper = {
  ...poor,
  abstract: 'We put agents to work.',
  authors: ['Ada Lovelace', 'Émilie du Châtelet'],
  publishedAt: '2026-08-18T17:59:00.000Z',
  version: 2,
  withdrawn: false,
  categories: ['cs.AI', 'cs.CL'],
  summary: 'Agents work.',
  keywords: ['agents'],
  organization: 'Analytical Engines',
  thumbnail: 'https://cdn-thumbnails.huggingface.co/2608.12345.png',
  codeUrl: 'https://github.com/engine/agents',
  codeStars: 8,
  projectUrl: 'https://engine.example/',
  submitter: 'ada',
  upvotes: 12,
  comments: 3,
  listDate: '2026-08-20',
};

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});

function votes() {
  const readings = store.selectFrom('vote_readings').select(['read_at', 'upvotes']);
  return readings.orderBy('read_at').execute();
}

function listings() {
  const rows = store.selectFrom('listings').select(['source', 'list_date', 'paper_id']);
  return rows.orderBy('list_date').orderBy('source').execute();
}

describe('savePapers', () => {
  it.each([
    ['poor', poor],
    ['rich', rich],
    ['withdrawn', { ...rich, withdrawn: true }],
  ])('gives a %s paper back as it was', async (_name, paper) => {
    await savePapers(store, [paper], EARLY);
    expect(await findPaper(store, paper.id)).toEqual(paper);
  });

  it('keeps what a newer, poorer item lacks', async () => {
    await savePapers(store, [rich], EARLY);
    await savePapers(store, [poor], LATE);
    expect(await findPaper(store, rich.id)).toEqual(rich);
  });

  it('adds what a newer, richer item knows', async () => {
    await savePapers(store, [poor], EARLY);
    await savePapers(store, [rich], LATE);
    expect(await findPaper(store, rich.id)).toEqual(rich);
  });

  it('takes over a changed title and abstract, and finds the paper by them only', async () => {
    await savePapers(store, [rich], EARLY);
    const changed = { ...rich, title: 'Robots at Rest', abstract: 'We let robots rest.' };
    await savePapers(store, [changed], LATE);
    expect(await findPaper(store, rich.id)).toEqual(changed);
    const hits = async (word: string) =>
      store
        .selectFrom('papers_text' as 'papers')
        .select('title')
        .where('papers_text' as 'title', '=', word)
        .execute();
    expect(await hits('robots')).toHaveLength(1);
    expect(await hits('put')).toHaveLength(0);
  });

  it('lets an item with older votes fill gaps only', async () => {
    await savePapers(store, [{ ...poor, upvotes: 30, comments: 9 }], LATE);
    await savePapers(store, [{ ...rich, title: 'An old title' }], EARLY);
    const expected = { ...rich, title: poor.title, upvotes: 30, comments: 9 };
    expect(await findPaper(store, rich.id)).toEqual(expected);
  });

  it('keeps every dated vote reading once, and shows the newest', async () => {
    await savePapers(store, [{ ...rich, upvotes: 30 }], LATE);
    await savePapers(store, [rich], EARLY);
    await savePapers(store, [rich], EARLY);
    expect(await votes()).toEqual([
      { read_at: EARLY, upvotes: 12 },
      { read_at: LATE, upvotes: 30 },
    ]);
    expect((await findPaper(store, rich.id))?.upvotes).toBe(30);
    const [listed] = await papersOfLists(store, ['2026-08-20']);
    expect(listed?.upvotesAt).toBe(LATE);
  });

  it('follows votes that fall', async () => {
    await savePapers(store, [rich], EARLY);
    await savePapers(store, [{ ...rich, upvotes: 11 }], LATE);
    expect((await findPaper(store, rich.id))?.upvotes).toBe(11);
  });

  it('remembers every list that held a paper, and names the newest', async () => {
    await savePapers(store, [{ ...rich, listDate: '2026-08-26' }], LATE);
    await savePapers(store, [rich], LATE);
    expect((await findPaper(store, rich.id))?.listDate).toBe('2026-08-26');
    expect((await listings()).map((row) => row.list_date)).toEqual(['2026-08-20', '2026-08-26']);
  });

  it('names the source that told of a paper first, until another lists it later', async () => {
    const arxiv = { ...poor, source: 'arxiv' };
    await savePapers(store, [{ ...arxiv, listDate: '2026-08-19' }], EARLY);
    await savePapers(store, [poor], LATE);
    expect((await findPaper(store, poor.id))?.source).toBe('arxiv');
    await savePapers(store, [rich], LATE);
    await savePapers(store, [arxiv], LATE);
    expect((await findPaper(store, poor.id))?.source).toBe('hugging-face');
    expect((await listings()).map((row) => row.source)).toEqual(['arxiv', 'hugging-face']);
  });

  it('clears a withdrawal only when told so', async () => {
    await savePapers(store, [{ ...rich, withdrawn: true }], EARLY);
    await savePapers(store, [poor], LATE);
    expect((await findPaper(store, rich.id))?.withdrawn).toBe(true);
    await savePapers(store, [{ ...poor, withdrawn: false }], LATE);
    expect((await findPaper(store, rich.id))?.withdrawn).toBe(false);
  });

  it('takes the same id twice in one call as two tellings in order', async () => {
    await savePapers(
      store,
      [
        { ...poor, title: 'First' },
        { ...poor, title: 'Second' },
      ],
      EARLY,
    );
    expect(await countPapers(store)).toBe(1);
    expect((await findPaper(store, poor.id))?.title).toBe('Second');
  });

  it('keeps nothing of a call that fails half way', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({ ...rich, id: `2608.${10_000 + n}` }));
    const broken = { ...rich, comments: 0.5 };
    await expect(savePapers(store, [...many, broken], EARLY)).rejects.toThrow();
    expect(await countPapers(store)).toBe(0);
    expect(await votes()).toEqual([]);
    await savePapers(store, many, EARLY);
    expect(await countPapers(store)).toBe(120);
  });

  it('takes no papers for an answer', async () => {
    await savePapers(store, [], EARLY);
    expect(await countPapers(store)).toBe(0);
  });

  it('comes to the same archive however tellings are split and repeated', async () => {
    const paper = fc.record({
      n: fc.integer({ min: 0, max: 3 }),
      hour: fc.integer({ min: 0, max: 9 }),
      upvotes: fc.option(fc.nat(99), { nil: undefined }),
      day: fc.option(fc.integer({ min: 10, max: 15 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(paper, { maxLength: 8 }), fc.nat(8), async (tellings, cut) => {
        const readings = tellings.map(({ n, hour, upvotes, day }) => ({
          paper: {
            ...poor,
            id: `2608.0000${n}`,
            ...(upvotes !== undefined && { upvotes }),
            ...(day !== undefined && { listDate: `2026-08-${day}` }),
          },
          readAt: `2026-08-20T0${hour}:00:00.000Z`,
        }));
        const whole = openStore(':memory:');
        await saveReadings(whole, readings);
        const parts = openStore(':memory:');
        await saveReadings(parts, readings.slice(0, cut));
        await saveReadings(parts, readings);
        expect(await contents(parts)).toEqual(await contents(whole));
        expect(await newestVotesShown(whole)).toBe(true);
        await Promise.all([whole.destroy(), parts.destroy()]);
      }),
      { numRuns: 60 },
    );
  });
});

async function contents(from: Store) {
  return {
    papers: await from.selectFrom('papers').selectAll().orderBy('id').execute(),
    votes: await from
      .selectFrom('vote_readings')
      .selectAll()
      .orderBy('paper_id')
      .orderBy('read_at')
      .execute(),
    listings: await from
      .selectFrom('listings')
      .selectAll()
      .orderBy('list_date')
      .orderBy('paper_id')
      .execute(),
  };
}

/** Every paper's votes are those of its newest reading. */
async function newestVotesShown(from: Store): Promise<boolean> {
  const { papers, votes: readings } = await contents(from);
  return papers.every(({ id, upvotes, upvotes_at }) => {
    const newest = readings.findLast((reading) => reading.paper_id === id);
    return (newest?.upvotes ?? null) === upvotes && (newest?.read_at ?? null) === upvotes_at;
  });
}

describe('findPapers', () => {
  it('answers in the order of the ids, without unknown ones', async () => {
    const ids = ['2608.00002', '2608.00001', '2608.00003'];
    await savePapers(
      store,
      ids.map((id) => ({ ...poor, id })),
      EARLY,
    );
    const asked = ['2608.00003', '9999.99999', '2608.00002'];
    const found = await findPapers(store, asked);
    expect(found.map(({ id }) => id)).toEqual(['2608.00003', '2608.00002']);
    expect(await findPapers(store, [])).toEqual([]);
    expect(await findPaper(store, '9999.99999')).toBeUndefined();
  });

  it('takes more ids than one query may hold', async () => {
    await savePapers(store, [poor], EARLY);
    const ids = Array.from({ length: 40_000 }, (_, n) => `2607.${n}`);
    expect(await findPapers(store, [...ids, poor.id])).toHaveLength(1);
  });
});

describe('papersOfLists', () => {
  beforeEach(async () => {
    const paper = (n: number, upvotes: number, listDate: string, source = 'hugging-face') => ({
      ...poor,
      id: `2608.0000${n}`,
      upvotes,
      listDate,
      source,
    });
    await savePapers(store, [paper(1, 5, '2026-08-20'), paper(2, 9, '2026-08-20')], LATE);
    await savePapers(store, [paper(3, 1, '2026-08-21'), paper(4, 7, '2026-08-19')], LATE);
    await savePapers(store, [paper(5, 2, '2026-08-20', 'arxiv')], LATE);
    await savePapers(store, [paper(2, 9, '2026-08-20', 'arxiv')], LATE);
  });

  const idsOf = async (dates: string[], source?: string) =>
    (await papersOfLists(store, dates, source)).map(({ paper: { id } }) => id.slice(-1)).join('');

  it('gives each paper once, newest list first, most votes first', async () => {
    expect(await idsOf(['2026-08-20', '2026-08-21'])).toBe('3215');
  });

  it('can be asked for one source', async () => {
    expect(await idsOf(['2026-08-20'], 'arxiv')).toBe('25');
    expect(await idsOf(['2026-08-20'], 'hugging-face')).toBe('21');
  });

  it('has nothing for no day and for an unknown day', async () => {
    expect(await idsOf([])).toBe('');
    expect(await idsOf(['2020-01-01'])).toBe('');
  });
});
