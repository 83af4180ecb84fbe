import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rank } from '../../../src/core/ranking/index.ts';
import type { Candidate, Profile } from '../../../src/core/ranking/signal.ts';
import { matchesQuery } from '../../../src/core/ranking/words.ts';
import { aPaper } from '../store-fixtures.ts';

const nobody: Profile = { topics: [], muted: [], follows: [] };
const LIST = { listDate: '2026-08-20' };

const WORDS = ['agent', 'video', 'robot', 'protein', 'lantern', 'weather', 'the', '🔖'];
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((list) => list.join(' '));

const candidate: fc.Arbitrary<Candidate> = fc.record({
  ageHours: fc.constantFrom(8, 26, 170),
  paper: fc
    .record(
      {
        id: fc.constantFrom(...Array.from({ length: 8 }, (_, n) => `2608.000${10 + n}`)),
        title: words,
        abstract: words,
        keywords: fc.array(words, { maxLength: 2 }),
        upvotes: fc.constantFrom(0, 1, 5, 40, 200),
        listDate: fc.constantFrom('2026-08-19', '2026-08-20'),
        codeUrl: fc.constant('https://github.com/a/b'),
        codeStars: fc.nat(5000),
        organization: fc.constantFrom('Google', 'Lantern Lab'),
        withdrawn: fc.boolean(),
      },
      { requiredKeys: ['id', 'title'] },
    )
    .map(aPaper),
});
const profile: fc.Arbitrary<Profile> = fc.record({
  topics: fc.array(words, { maxLength: 3 }),
  muted: fc.array(words, { maxLength: 2 }),
  follows: fc.array(fc.constantFrom('google', 'Ada Lampwick', ''), { maxLength: 2 }),
});
const list = fc.array(candidate, { maxLength: 20 });
const count = fc.integer({ min: -1, max: 15 });

function idsOf(result: ReturnType<typeof rank>): string[] {
  return result.ranked.map(({ paper }) => paper.id);
}

describe('rank, for any papers and any profile', () => {
  it('gives candidates, each paper once, at most as many as asked, best first', () => {
    fc.assert(
      fc.property(list, profile, count, (candidates, reader, wanted) => {
        const { ranked } = rank(candidates, reader, { count: wanted });
        const ids = ranked.map(({ paper }) => paper.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(Math.max(0, wanted));
        const known = new Set(candidates.map(({ paper }) => paper));
        for (const { paper } of ranked) expect(known.has(paper)).toBe(true);
        const scores = ranked.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
      }),
    );
  });

  it('never lets a muted or withdrawn paper in, and says why it was dropped', () => {
    fc.assert(
      fc.property(list, profile, count, (candidates, reader, wanted) => {
        const { ranked, dropped } = rank(candidates, reader, { count: wanted });
        for (const { paper } of ranked) {
          expect(paper.withdrawn).not.toBe(true);
          for (const mute of reader.muted) expect(matchesQuery(paper, mute)).toBeUndefined();
        }
        for (const { paper, reason } of dropped) {
          expect(paper.withdrawn === true || reader.muted.some((m) => matchesQuery(paper, m))).toBe(
            true,
          );
          expect(reason).toMatch(/^(muted: \S|withdrawn)/);
        }
      }),
    );
  });

  it('fills the count when enough papers may show, the best one always among them', () => {
    fc.assert(
      fc.property(list, profile, fc.integer({ min: 1, max: 15 }), (candidates, reader, wanted) => {
        const { ranked, dropped } = rank(candidates, reader, { count: wanted });
        const papers = new Set(candidates.map(({ paper }) => paper.id)).size;
        expect(ranked.length).toBe(Math.min(wanted, papers - dropped.length));
        const all = rank(candidates, reader, { count: 100 }).ranked;
        expect(ranked[0]).toEqual(all[0]);
      }),
    );
  });

  it('does not depend on the order of the candidates', () => {
    const shuffled = list.chain((candidates) =>
      fc.tuple(
        fc.constant(candidates),
        fc.shuffledSubarray(candidates, { minLength: candidates.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, profile, count, ([candidates, others], reader, wanted) => {
        expect(rank(others, reader, { count: wanted })).toEqual(
          rank(candidates, reader, { count: wanted }),
        );
      }),
    );
  });
});

describe('rank', () => {
  const day = [60, 40, 30, 9, 3, 0].map((upvotes, index) => ({
    paper: aPaper({ id: `2608.0000${index}`, title: WORDS[index] ?? '', upvotes, ...LIST }),
    ageHours: 26,
  }));

  it('orders one day by votes where the reader has no wish', () => {
    expect(idsOf(rank(day, nobody, { count: 6 }))).toEqual(day.map(({ paper }) => paper.id));
  });

  it('orders by id where nothing else differs', () => {
    const same = ['2608.00003', '2608.00001', '2608.00002'].map((id) => ({
      paper: aPaper({ id, title: 'Lanterns', ...LIST }),
      ageHours: 26,
    }));
    const ordered = ['2608.00001', '2608.00002', '2608.00003'];
    expect(idsOf(rank(same, nobody, { count: 3 }))).toEqual(ordered);
    expect(idsOf(rank(same, nobody, { count: 2 }))).toEqual(ordered.slice(0, 2));
  });

  it('puts matches first, and keeps what most people liked in sight', () => {
    const reader = { ...nobody, topics: ['protein', 'lantern'] };
    expect(idsOf(rank(day, reader, { count: 3 }))).toEqual([
      '2608.00003',
      '2608.00004',
      '2608.00000',
    ]);
  });

  it('keeps what most people liked in sight of many who only mention a topic', () => {
    const mentions = ['2608.00011', '2608.00012', '2608.00013'].map((id) => ({
      paper: aPaper({ id, abstract: 'It may help a lantern.', upvotes: 1, ...LIST }),
      ageHours: 26,
    }));
    const reader = { ...nobody, topics: ['lantern'] };
    expect(idsOf(rank([...mentions, ...day], reader, { count: 2 }))).toContain('2608.00000');
  });

  it('compares days by what the votes will be', () => {
    const candidates = [
      { paper: aPaper({ id: '2608.00001', upvotes: 42, listDate: '2026-08-20' }), ageHours: 8 },
      { paper: aPaper({ id: '2608.00002', upvotes: 60, listDate: '2026-08-12' }), ageHours: 180 },
    ];
    const weights = { votes: 0 };
    expect(idsOf(rank(candidates, nobody, { count: 2, weights }))[0]).toBe('2608.00001');
  });

  it('keeps the twin with more votes of a paper that two lists hold', () => {
    const paper = aPaper({ id: '2608.00001', upvotes: 5, listDate: '2026-08-14' });
    const later = { ...paper, upvotes: 9, listDate: '2026-08-20' };
    const { ranked } = rank(
      [
        { paper, ageHours: 150 },
        { paper: later, ageHours: 26 },
      ],
      nobody,
      { count: 5 },
    );
    expect(ranked.map((entry) => entry.paper)).toEqual([later]);
  });

  it('obeys weights, and ignores those of signals that do not exist', () => {
    const reader = { ...nobody, topics: ['weather'] };
    const plain = idsOf(rank(day, nobody, { count: 6 }));
    const weights = { topics: 0, 'phase-of-the-moon': 9 };
    expect(idsOf(rank(day, reader, { count: 6 }))).not.toEqual(plain);
    expect(idsOf(rank(day, reader, { count: 6, weights }))).toEqual(plain);
  });

  it('drops muted papers with the words that muted them', () => {
    const { dropped } = rank(
      day,
      { ...nobody, muted: ['robots', 'author:lampwick x'] },
      { count: 6 },
    );
    expect(dropped.map(({ paper, reason }) => [paper.id, reason])).toEqual([
      ['2608.00002', 'muted: robots (title)'],
    ]);
  });

  it('says the strongest reasons first, three at most, and nothing where there is none', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      paper: aPaper({ id: `2608.000${10 + index}`, upvotes: 50 - index, ...LIST }),
      ageHours: 26,
    }));
    const [first, ...rest] = many;
    const best = {
      ageHours: 26,
      paper: {
        ...(first?.paper ?? aPaper({ id: 'x' })),
        title: 'Agents',
        organization: 'Google',
        codeUrl: 'https://github.com/a/b',
        codeStars: 8,
      },
    };
    const reader = { topics: ['agents'], muted: [], follows: ['google'] };
    const why = rank([best, ...rest], reader, { count: 12 }).ranked.map((entry) => entry.why);
    expect(why[0]).toBe('matches agents (title); by Google; top 9% of its day');
    expect(why[5]).toBeUndefined();
    const plain = rank([best, ...rest], nobody, { count: 1 }).ranked[0]?.why;
    expect(plain).toBe('top 9% of its day; code ★8');
  });
});

describe('a crowded theme', () => {
  const CROWD =
    'Reinforcement learning for web agents: rewards shape how browsing agents click and scroll.';
  const THEMES = [
    'Protein folding with equivariant graph networks on cryo microscopy maps.',
    'Weather forecasting on spherical grids with neural operators.',
    'Speech codecs that survive packet loss in low bitrate telephony.',
  ];
  const crowd = [100, 90, 80, 70, 60].map((upvotes, index) => ({
    ageHours: 26,
    paper: aPaper({
      id: `2608.0001${index}`,
      title: `Web agents, part ${'abcde'[index] ?? ''}`,
      abstract: `${CROWD} Variant ${'abcde'[index] ?? ''}.`,
      upvotes,
      ...LIST,
    }),
  }));
  const others = THEMES.map((abstract, index) => ({
    ageHours: 26,
    paper: aPaper({
      id: `2608.0002${index}`,
      title: abstract.split(' ').slice(0, 2).join(' '),
      abstract,
      upvotes: 50 - 5 * index,
      ...LIST,
    }),
  }));

  it('leaves room for other themes, and keeps its best paper first', () => {
    const ids = idsOf(rank([...crowd, ...others], nobody, { count: 5 }));
    expect(ids[0]).toBe('2608.00010');
    expect(ids.filter((id) => id.startsWith('2608.0002'))).toHaveLength(3);
  });

  it('is shown whole where there is room for all', () => {
    const ids = idsOf(rank([...crowd, ...others], nobody, { count: 8 }));
    expect(ids).toEqual([...crowd, ...others].map(({ paper }) => paper.id));
  });
});

const DATA = process.env['PAPERBOY_DATA'] ?? '../shared/data';
const RECORDED = join(DATA, 'hf-api', 'daily_papers-date-2026-01-13-day-after.json');

interface RecordedItem {
  readonly paper: {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly upvotes: number;
  };
}

describe('a recorded day', () => {
  it.skipIf(!existsSync(RECORDED))(
    'is led by its most upvoted papers (skipped without the recorded data)',
    () => {
      const items = JSON.parse(readFileSync(RECORDED, 'utf8')) as RecordedItem[];
      const candidates = items.map(({ paper: { id, title, summary, upvotes } }) => ({
        paper: aPaper({ id, title, abstract: summary, upvotes, listDate: '2026-01-13' }),
        ageHours: 26,
      }));
      const top = candidates
        .map(({ paper }) => paper)
        .sort((a, b) => (b.upvotes ?? 0) - (a.upvotes ?? 0))
        .slice(0, 5);
      const ids = idsOf(rank(candidates, nobody, { count: 5 }));
      expect(top.filter(({ id }) => ids.includes(id)).length).toBeGreaterThanOrEqual(4);
    },
  );
});
