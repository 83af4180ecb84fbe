import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { code } from '../../../src/core/ranking/code.ts';
import { expectedVotesSignal } from '../../../src/core/ranking/expected-votes.ts';
import { follows } from '../../../src/core/ranking/follows.ts';
import { signals } from '../../../src/core/ranking/index.ts';
import type {
  Candidate,
  Profile,
  RankSignal,
  SignalScore,
} from '../../../src/core/ranking/signal.ts';
import { taste } from '../../../src/core/ranking/taste.ts';
import { topics } from '../../../src/core/ranking/topics.ts';
import { votes } from '../../../src/core/ranking/votes.ts';
import { aPaper } from '../store-fixtures.ts';

const nobody: Profile = { topics: [], muted: [], follows: [] };
const reader: Profile = { topics: ['agents', '"tool use"', 'org:google'], muted: [], follows: [] };

function candidate(fields: Partial<Paper> = {}, ageHours = 26, id = '2608.00001'): Candidate {
  return { paper: aPaper({ id, ...fields }), ageHours };
}

/** A day's list with these votes. */
function list(upvotes: readonly number[], listDate = '2026-08-20', ageHours = 26): Candidate[] {
  return upvotes.map((count, index) =>
    candidate({ upvotes: count, listDate }, ageHours, `${listDate}-${index}`),
  );
}

function towards(cosine: number): Float32Array {
  return Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2), 0, 0);
}

function scores(
  signal: RankSignal,
  candidates: readonly Candidate[],
  profile: Profile = nobody,
): SignalScore[] {
  return candidates.map(signal.prepare({ profile, candidates }));
}

describe('every signal', () => {
  it('scores from 0 to 1, and 0 without a word where it knows nothing', () => {
    const [known, unknown] = [
      candidate({
        title: 'Agents and tool use',
        organization: 'Google',
        upvotes: 10,
        codeUrl: 'https://github.com/a/b',
        codeStars: 1_000_000,
      }),
      candidate({}, 26, '2608.00002'),
    ];
    const profile = {
      ...reader,
      follows: ['Google', 'Ada'],
      taste: { kept: [], liking: () => 0.7 },
    };
    const direction = Float32Array.of(1, 0, 0, 0);
    for (const signal of signals) {
      const judge = signal.prepare({ profile, candidates: [known, unknown] });
      expect(judge({ ...known, direction }).value, signal.id).toBeGreaterThan(0);
      expect(judge(known).value, signal.id).toBeLessThanOrEqual(1);
      const bare = { ...unknown, paper: { ...unknown.paper, authors: [] } };
      expect(judge(bare), signal.id).toEqual({ value: 0 });
    }
  });

  it('has an id of its own', () => {
    expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
  });
});

describe('votes', () => {
  it('follows the raw count within one list', () => {
    const values = scores(votes, list([100, 25, 4, 0])).map(({ value }) => value);
    expect(values).toEqual([1, 0.5, 0.2, 0]);
  });

  it('measures each paper against its own list', () => {
    const both = [...list([100, 25]), ...list([4, 1], '2026-08-19')];
    expect(scores(votes, both).map(({ value }) => value)).toEqual([1, 0.5, 1, 0.5]);
  });

  it('speaks of the best tenth of a list that is long enough', () => {
    const falling = Array.from({ length: 20 }, (_, index) => 60 - index);
    const reasons = scores(votes, list(falling)).map(({ reason }) => reason);
    expect(reasons.slice(0, 3)).toEqual(['top 5% of its day', 'top 10% of its day', undefined]);
    expect(scores(votes, list([9, 8, 7])).map(({ reason }) => reason)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has nothing to say of a day without votes', () => {
    const none = Array.from({ length: 12 }, () => 0);
    expect(scores(votes, list(none))).toEqual(none.map(() => ({ value: 0 })));
  });
});

describe('expected votes', () => {
  it('lets a young paper pass an older one that will end below it', () => {
    const [young, old] = scores(expectedVotesSignal, [
      ...list([42], '2026-08-20', 8),
      ...list([60], '2026-08-13', 168),
    ]);
    expect(young?.value).toBe(1);
    // A week older, it counts for less besides.
    expect(old?.value).toBeCloseTo(Math.sqrt(0.6 / 8 ** 0.2), 10);
  });

  it('puts the newer of two papers first that are as well liked', () => {
    const [newer, older] = scores(expectedVotesSignal, [
      ...list([50], '2026-08-20', 168),
      ...list([50], '2026-08-19', 168),
    ]);
    expect(newer!.value).toBeGreaterThan(older!.value);
  });

  it('does not correct a paper that stands on no list', () => {
    const [listed, loose] = scores(expectedVotesSignal, [
      ...list([42], '2026-08-20', 8),
      candidate({ upvotes: 100 }, 0, 'loose'),
    ]);
    expect(loose?.value).toBeCloseTo(listed?.value ?? 0, 10);
  });

  it('speaks only where lists differ, and votes only where they do not', () => {
    const falling = Array.from({ length: 20 }, (_, index) => 60 - index);
    const one = list(falling);
    const two = [...one, ...list(falling, '2026-08-13', 168)];
    const said = (signal: RankSignal, from: readonly Candidate[]) =>
      scores(signal, from).flatMap(({ reason }) => reason ?? []);
    expect(said(votes, one)).not.toEqual([]);
    expect(said(expectedVotesSignal, one)).toEqual([]);
    expect(said(votes, two)).toEqual([]);
    expect(said(expectedVotesSignal, two)[0]).toBe('top 3% for its age');
  });
});

describe('code', () => {
  it.each([
    [{ codeUrl: 'https://github.com/a/b' }, 'code'],
    [{ codeUrl: 'https://github.com/a/b', codeStars: 0 }, 'code'],
    [{ codeUrl: 'https://github.com/a/b', codeStars: 152 }, 'code ★152'],
    [{ codeUrl: 'https://github.com/a/b', codeStars: 1560 }, 'code ★1.5k'],
    [{ codeUrl: 'https://github.com/a/b', codeStars: 23_456 }, 'code ★23k'],
    [{}, undefined],
  ])('%j says %s', (fields, reason) => {
    expect(scores(code, [candidate(fields)])[0]?.reason).toBe(reason);
  });
});

describe('follows', () => {
  const paper = candidate({ authors: ['Ada Lampwick', 'Yann LeCun'], organization: 'Google' });

  it.each([
    ['google', 'by Google'],
    ['org:google', 'by Google'],
    ['Yann LeCun', 'by Yann LeCun'],
    ['"Yann LeCun"', 'by Yann LeCun'],
    ['author:lecun', 'by Yann LeCun'],
    ['org:lecun', undefined],
    ['author:google', undefined],
    ['Ada LeCun', undefined],
    ['', undefined],
    ['🔖', undefined],
  ])('%j is %s', (name, reason) => {
    const [score] = scores(follows, [paper], { ...nobody, follows: [name] });
    expect(score?.reason).toBe(reason);
    expect(score?.value).toBe(reason === undefined ? 0 : 1);
  });
});

describe('topics', () => {
  it('trusts the title most, then keywords, then the abstract', () => {
    const values = scores(
      topics,
      [
        candidate({ title: 'Agents' }),
        candidate({ keywords: ['agents'] }),
        candidate({ abstract: 'agents' }),
        candidate({ title: 'Lanterns' }),
      ],
      reader,
    ).map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(4);
  });

  it('says what matched, and where if it is the title', () => {
    const say = (fields: Partial<Paper>) => scores(topics, [candidate(fields)], reader)[0]?.reason;
    expect(say({ title: 'An Agent' })).toBe('matches agents (title)');
    expect(say({ abstract: 'An agent.' })).toBe('matches agents');
    expect(say({ title: 'Tool use', abstract: 'An agent.' })).toBe(
      'matches tool use (title), agents',
    );
    expect(say({ title: 'Tool use by agents', organization: 'Google' })).toBe(
      'matches agents (title), tool use (title) +1',
    );
  });

  it('counts two topics above one', () => {
    const [two, one] = scores(
      topics,
      [candidate({ title: 'Tool use by agents' }), candidate({ title: 'Agents' })],
      reader,
    );
    expect(two?.value).toBeGreaterThan(one?.value ?? 1);
    expect(two?.value).toBeLessThanOrEqual(1);
  });

  describe('once vectors are learnt', () => {
    const wanted = Float32Array.of(1, 0, 0, 0);
    const near = towards(0.8);
    const judged = (topic: string, candidates: readonly Candidate[]) =>
      scores(topics, candidates, { ...nobody, topics: [topic], directions: [wanted] });

    it('count about as much as by words alone, in the order of words and meaning', () => {
      const [titled, near38, far] = judged('agents', [
        { ...candidate({ title: 'Agents' }), direction: towards(0.38) },
        { ...candidate({ title: 'Lanterns' }), direction: towards(0.38) },
        { ...candidate({ title: 'Lanterns' }), direction: towards(0.1) },
      ]).map(({ value }) => value);
      expect(titled).toBeGreaterThan(0.7);
      expect(titled).toBeLessThan(0.9);
      expect(near38).toBeLessThan(titled!);
      expect(far).toBeLessThan(near38!);
      const [all] = judged('agents', [{ ...candidate({ title: 'Agents' }), direction: wanted }]);
      expect(all?.value).toBe(1);
    });

    it.each([
      ['agents -benchmark', { title: 'A benchmark of agents' }, { title: 'Agents' }],
      ['agents "tool use"', { title: 'Agents at use of a tool' }, { title: 'Agents, tool use' }],
      ['agents author:"Ada Byron"', { authors: ['Bo Ito'] }, { authors: ['Ada M. Byron'] }],
      ['agents org:google', { organization: 'Acme' }, { organization: 'Google' }],
    ] as const)('keep to what %s insists on, however close in meaning', (topic, fails, holds) => {
      const [failing, holding] = judged(
        topic,
        [fails, holds].map((fields) => ({ ...candidate(fields), direction: near })),
      );
      expect(failing).toEqual({ value: 0 });
      expect(holding?.value).toBeGreaterThan(0.5);
      expect(
        judged(topic, [{ ...candidate(holds), direction: towards(0) }])[0]?.value,
      ).toBeLessThan(0.5);
    });
  });
});

describe('taste', () => {
  const saved = towards(1);
  const kept = [
    { id: '2607.00001', title: 'Kept', direction: saved, how: 'saved by you' },
    { id: '2607.00002', title: 'Another', direction: towards(-1), how: 'saved by you' },
  ];
  const liking = (direction: Float32Array) => Math.max(0, direction[0] ?? 0);
  /** What is said of a paper that is so like the saved one, on a day of others. */
  const say = (cosine: number, usual: number) => {
    const day = [cosine, usual, usual, usual].map((each) => ({
      ...candidate(),
      direction: towards(each),
    }));
    return scores(taste, day, { ...nobody, taste: { kept, liking } })[0]?.reason;
  };

  it('names what a paper is like, and the nearest where it is lifted for less', () => {
    expect(say(0.5, 0)).toBe('like “Kept”, saved by you');
    expect(say(0.5, 0.6)).toBe('like “Kept”, saved by you');
    expect(say(0.3, 0)).toBe('nearest to “Kept”, saved by you');
  });

  it('says of a paper that was kept itself what was done with it, and not that it is like itself', () => {
    const own = candidate({ title: 'Kept' }, 26, '2607.00001');
    const day = [{ ...own, direction: saved }];
    const [score] = scores(taste, day, { ...nobody, taste: { kept, liking } });
    expect(score?.reason).toBe('saved by you');
  });

  it('names nothing where it lifts a paper hardly, or for no likeness', () => {
    expect(say(0.3, 0.25)).toBeUndefined();
    expect(say(0.12, 0)).toBeUndefined();
  });
});
