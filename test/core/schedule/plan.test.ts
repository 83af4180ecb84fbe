import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../../src/core/archive/index.ts';
import type { SourceState, Subscription } from '../../../src/core/commands/command.ts';
import { enteredTop } from '../../../src/core/digest/late-bloomers.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Message } from '../../../src/core/message.ts';
import { inTurn } from '../../../src/core/schedule/jitter.ts';
import { listsSince } from '../../../src/core/schedule/lists.ts';
import { planDue } from '../../../src/core/schedule/plan.ts';
import { ripe } from '../../../src/core/schedule/ripe.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { getSubscription, putSubscription } from '../../../src/core/store/subscriptions.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createSubscription } from '../commands/services.ts';
import { aList, aPaper, aStore } from '../store-fixtures.ts';

const channel = { platform: 'fake', tenant: 'lab', channel: 'papers' };
const reader = { platform: 'fake', tenant: 'lab', user: 'ada' };
const settings = { weights: {}, profile: { topics: [], muted: [], follows: [] } };

let store: Store;
let newest: string;
let opened: string | undefined;
let states: SourceState[];

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  newest = '2026-08-20';
  opened = undefined;
  states = [];
  await subscribe('2026-08-21T09:00:00Z');
});

afterEach(() => store.destroy());

async function sent(): Promise<void> {
  await store
    .updateTable('deliveries')
    .set({ state: 'sent' })
    .where('state', '=', 'planned')
    .execute();
}

async function subscribe(nextDue: string, where = channel): Promise<void> {
  const days = [1, 2, 3, 4, 5, 6, 7];
  const wish = {
    channel: where,
    reader,
    at: '09:00',
    timezone: 'UTC',
    days,
    count: 2,
    topics: [],
    muted: [],
    mode: 'settled' as const,
    layout: 'thread' as const,
  };
  await putSubscription(store, { ...wish, nextDue: new Date(nextDue) }, nextDue);
}

const unused = () => Promise.reject(new Error('not needed here'));

interface Planning {
  readonly stopping?: AbortSignal;
  readonly awakeSince?: Date;
}

async function planAt(time: string, { stopping, awakeSince }: Planning = {}): Promise<void> {
  const archive: Archive = {
    refresh: unused,
    fetchList: unused,
    fetchRange: unused,
    ensure: unused,
    states: () => Promise.resolve(states),
    newestClosed: () => newest,
    newestOpened: () => opened ?? newest,
  };
  const clock = () => new Date(time);
  await planDue({ store, archive, settings, clock, log: silentLog, awakeSince }, stopping);
}

async function planned(): Promise<{ localDate: string; papers: string[]; summary: string }[]> {
  const rows = await store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select(['local_date', 'papers', 'message'])
    .where('position', '=', 0)
    .orderBy('local_date')
    .execute();
  return rows.map(({ local_date, papers, message }) => ({
    localDate: local_date,
    papers: JSON.parse(papers) as string[],
    summary: (JSON.parse(message) as Message).summary,
  }));
}

describe('planDue', () => {
  it('plans nothing before the slot has come', async () => {
    await planAt('2026-08-21T08:59:59Z');
    expect(await planned()).toEqual([]);
  });

  it('plans the slot once, and moves the subscription to the next', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await planAt('2026-08-21T09:01:00Z');
    expect(await planned()).toMatchObject([
      { localDate: '2026-08-21', papers: ['2608.00001', '2608.00002'] },
    ]);
    const next = await getSubscription(store, channel);
    expect(next?.nextDue).toEqual(new Date('2026-08-22T09:00:00Z'));
  });

  it('41: makes one digest of all slots missed, of the newest of them, and notes the others', async () => {
    await planAt('2026-08-24T10:00:00Z');
    expect(await planned()).toMatchObject([
      { localDate: '2026-08-21', papers: [] },
      { localDate: '2026-08-22', papers: [] },
      { localDate: '2026-08-23', papers: [] },
      { localDate: '2026-08-24', papers: ['2608.00001', '2608.00002'] },
    ]);
    expect((await latestDigests(store, channel, 2))[1]).toEqual({
      localDate: '2026-08-23',
      sent: 0,
      planned: 1,
      skipped: true,
      problem: 'It is part of the digest of Monday 24 August.',
    });
    expect((await getSubscription(store, channel))?.nextDue).toEqual(new Date('2026-08-25T09:00Z'));
  });

  it('41: catches up on nothing that is more than two days late', async () => {
    await store.updateTable('subscriptions').set({ days: '[5]' }).execute();
    await planAt('2026-08-23T09:00:01Z');
    expect(await planned()).toMatchObject([{ localDate: '2026-08-21', papers: [] }]);
    expect((await latestDigests(store, channel, 1))[0]?.problem).toMatch(/was not running/);
    expect((await getSubscription(store, channel))?.nextDue).toEqual(new Date('2026-08-28T09:00Z'));
    await planAt('2026-08-28T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00001', '2608.00002']);
  });

  it('makes one digest of those that a shut channel never got', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await planAt('2026-08-22T09:00:00Z');
    const [first, second] = await planned();
    expect(second?.papers).toEqual(first?.papers);
    expect((await latestDigests(store, channel, 2))[1]?.problem).toBe(
      'It is part of the digest of Saturday 22 August.',
    );
  });

  it('leaves a digest alone of which anything may have been posted', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await store
      .updateTable('deliveries')
      .set({ attempted_at: '2026-08-21T09:00:01.000Z' })
      .where('position', '=', 0)
      .execute();
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    newest = '2026-08-21';
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00011', '2608.00012']);
  });

  it('42: spreads a crowd over five minutes', async () => {
    for (let index = 0; index < 150; index += 1) {
      await subscribe('2026-08-21T09:00:00Z', { ...channel, channel: `crowd-${index}` });
    }
    const counts: number[] = [];
    for (let minute = 0; minute <= 5; minute += 1) {
      await planAt(`2026-08-21T09:0${minute}:00Z`);
      counts.push((await planned()).length);
    }
    expect(counts.at(-1)).toBe(151);
    const perMinute = counts.map((count, index) => count - (counts[index - 1] ?? 0));
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(100);
  });

  it('39: makes one digest a local date, whichever zones the admin chooses that day', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    for (const [timezone, nextDue] of [
      ['America/Los_Angeles', '2026-08-21T16:00:00Z'],
      ['Pacific/Honolulu', '2026-08-21T19:00:00Z'],
      ['Asia/Tokyo', '2026-08-22T00:00:00Z'],
    ] as const) {
      await store
        .updateTable('subscriptions')
        .set({ timezone, next_due: new Date(nextDue).toISOString() })
        .execute();
      await planAt(nextDue);
      await sent();
    }
    expect((await planned()).map(({ localDate }) => localDate)).toEqual([
      '2026-08-21',
      '2026-08-22',
    ]);
  });

  it('39: leaves alone what waits to be posted when the slot of its own date comes again', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await store
      .updateTable('subscriptions')
      .set({ timezone: 'America/Los_Angeles', next_due: '2026-08-21T16:00:00.000Z' })
      .execute();
    await planAt('2026-08-21T16:00:00Z');
    const states = await store.selectFrom('deliveries').select('state').distinct().execute();
    expect(states).toEqual([{ state: 'planned' }]);
  });

  it('begins no further digest once it is called off', async () => {
    const stopping = new AbortController();
    const planning = planAt('2026-08-21T09:00:00Z', { stopping: stopping.signal });
    stopping.abort();
    await planning;
    expect(await planned()).toEqual([]);
    await planAt('2026-08-21T09:01:00Z');
    expect(await planned()).toHaveLength(1);
  });

  it('40: makes no burst and repeats nothing when the clock jumps two days ahead and back', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    await planAt('2026-08-23T09:00:30Z');
    await sent();
    for (const day of ['21', '22', '23']) {
      await planAt(`2026-08-${day}T09:01:00Z`);
      await sent();
    }
    const digests = await latestDigests(store, channel, 9);
    expect(digests.map(({ localDate, problem }) => [localDate, problem])).toEqual([
      ['2026-08-23', undefined],
      ['2026-08-22', 'It is part of the digest of Sunday 23 August.'],
      ['2026-08-21', undefined],
    ]);
    await planAt('2026-08-24T09:00:00Z');
    expect((await planned()).at(-1)?.localDate).toBe('2026-08-24');
  });

  it('never shows a paper twice, even when a later list holds it again', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    const again = [...aList('2026-08-21', 1).slice(0, 1), ...aList('2026-08-21', 11).slice(0, 1)];
    await savePapers(store, again, '2026-08-22T02:00:00.000Z');
    newest = '2026-08-21';
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00011']);
  });

  it('draws an early digest from today’s list so far, says so, and draws from it again', async () => {
    await store.updateTable('subscriptions').set({ mode: 'early' }).execute();
    await savePapers(store, aList('2026-08-21', 11).slice(0, 2), '2026-08-21T08:00:00.000Z');
    opened = '2026-08-21';
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    expect((await planned())[0]?.papers).toEqual(['2608.00011', '2608.00012']);
    const pages = await store.selectFrom('deliveries').select('message').execute();
    expect(pages[0]?.message).toContain('votes are still coming in');
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    newest = '2026-08-21';
    opened = '2026-08-24';
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00013', '2608.00014']);
  });

  it('shows nothing that the channel muted', async () => {
    await store.updateTable('subscriptions').set({ muted: '["lanterns"]' }).execute();
    await planAt('2026-08-21T09:00:00Z');
    expect((await planned())[0]?.papers).toEqual(['2608.00002', '2608.00003']);
  });

  it('43: says on a quiet day why nothing came and what comes next', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    states = [quiet('The next list closes Tuesday 01:30 UTC.')];
    await planAt('2026-08-22T09:00:00Z');
    const [, second] = await planned();
    expect(second).toMatchObject({ papers: [] });
    expect(second?.summary).toContain('The next list closes Tuesday 01:30 UTC.');
  });

  it('says that once in a pause, and notes the other days of it', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await sent();
    states = [quiet('The next list closes Tuesday 01:30 UTC.')];
    for (const day of ['22', '23', '24']) {
      await planAt(`2026-08-${day}T09:00:00Z`);
      await sent();
    }
    expect((await planned()).map(({ localDate }) => localDate)).toHaveLength(4);
    expect(await latestDigests(store, channel, 2)).toMatchObject([
      { problem: 'There was nothing new since Saturday 22 August, which said why.' },
      { problem: 'There was nothing new since Saturday 22 August, which said why.' },
    ]);
    await savePapers(store, aList('2026-08-24', 11), '2026-08-25T02:00:00.000Z');
    newest = '2026-08-24';
    await planAt('2026-08-25T09:00:00Z');
    await sent();
    expect((await planned()).at(-1)?.papers).toHaveLength(2);
    await planAt('2026-08-26T09:00:00Z');
    expect((await planned()).at(-1)?.summary).toContain('The next list closes Tuesday');
  });

  it('says after a pause that a list which was due is not there', async () => {
    await planAt('2026-08-22T09:00:00Z');
    await sent();
    states = [quiet('Quiet for the weekend.')];
    await planAt('2026-08-23T09:00:00Z');
    await sent();
    newest = '2026-08-24';
    states = [{ ...quiet('It is not there yet.'), kind: 'waiting', missing: newest }];
    await planAt('2026-08-25T09:00:00Z');
    expect((await planned()).at(-1)?.summary).toContain('It is not there yet.');
  });

  it('says every time that a source is in trouble', async () => {
    await planAt('2026-08-21T09:00:00Z');
    await store.deleteFrom('listings').execute();
    await sent();
    states = [{ ...quiet('It has not answered.'), kind: 'failed' }];
    await planAt('2026-08-22T09:00:00Z');
    await sent();
    await planAt('2026-08-23T09:00:00Z');
    expect((await planned()).slice(1).map(({ summary }) => summary)).toEqual([
      expect.stringContaining('It has not answered.'),
      expect.stringContaining('It has not answered.'),
    ]);
  });

  it('gets what a late source still owes, and not what was passed over before', async () => {
    states = [{ ...quiet('It is not there yet.'), kind: 'waiting', missing: '2026-08-20' }];
    await planAt('2026-08-21T09:07:00Z');
    await sent();
    states = [];
    const late = aPaper({ id: '2608.90001', source: 'arxiv', listDate: '2026-08-20' });
    await savePapers(store, [late], '2026-08-21T15:00:00.000Z');
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.90001']);
    states = [{ ...quiet('A later one is not there yet.'), missing: '2026-08-21' }];
    await sent();
    await planAt('2026-08-23T09:00:00Z');
    expect((await planned())[2]?.papers).toEqual([]);
  });

  it('43: gets the rest of a list that a failed source left incomplete, days later too', async () => {
    states = [{ ...quiet('It has not answered.'), kind: 'failed' }];
    for (const day of ['21', '22', '23', '24', '25']) {
      await planAt(`2026-08-${day}T09:00:00Z`);
      await sent();
    }
    expect((await planned()).slice(1).map(({ papers }) => papers)).toEqual([[], [], [], []]);
    states = [];
    await savePapers(store, aList('2026-08-20', 11), '2026-08-25T15:00:00.000Z');
    await planAt('2026-08-26T09:00:00Z');
    expect((await planned()).at(-1)?.papers).toEqual(['2608.00011', '2608.00012']);
  });
});

describe('a list that is missing when its slot comes', () => {
  const owing = (kind: SourceState['kind']): SourceState => ({
    ...quiet('It is not there yet.'),
    kind,
    missing: '2026-08-20',
  });

  it('is waited for where its source can’t be reached, but no longer than seven minutes', async () => {
    states = [owing('failed')];
    await planAt('2026-08-21T09:06:59Z');
    expect(await planned()).toEqual([]);
    await planAt('2026-08-21T09:07:00Z');
    expect(await planned()).toHaveLength(1);
  });

  it.each(['waiting', 'stalled'] as const)(
    'is not waited for where its source says that it is not there (%s)',
    async (kind) => {
      states = [owing(kind)];
      await planAt('2026-08-21T09:00:00Z');
      expect(await planned()).toHaveLength(1);
    },
  );

  it('is waited for no longer than three minutes by a crowd, which takes the rest to be posted', () => {
    const due = Array.from({ length: 101 }, (_, index) =>
      createSubscription({ nextDue: new Date('2026-08-21T09:00:00Z'), count: 1 + (index % 9) }),
    );
    const at = (now: string, some = due) =>
      ripe(some, { states: [owing('failed')], now: new Date(now) });
    expect(at('2026-08-21T09:02:59Z')).toEqual([]);
    expect(at('2026-08-21T09:03:00Z')).toHaveLength(101);
    expect(at('2026-08-21T09:03:00Z', due.slice(1))).toEqual([]);
  });

  it('leaves three of the ten minutes to post the digests of any crowd', () => {
    const slot = Date.parse('2026-08-21T09:00:00Z');
    const lists = fc.constantFrom<readonly SourceState[]>([], [owing('failed')]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), lists, (count, states) => {
        let waiting: readonly Subscription[] = Array.from({ length: count }, (_, index) =>
          createSubscription({
            channel: { ...channel, channel: `${index}` },
            nextDue: new Date(slot),
          }),
        );
        for (let minute = 0; minute <= 7; minute += 1) {
          const now = new Date(slot + minute * 60_000);
          const planned = new Set(ripe(inTurn(waiting, now), { states, now }));
          waiting = waiting.filter((each) => !planned.has(each));
        }
        expect(waiting).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('is waited for also after the slot, where Paperboy or its machine has just woken', async () => {
    states = [owing('failed')];
    await planAt('2026-08-21T11:01:00Z', { awakeSince: new Date('2026-08-21T11:00:00Z') });
    expect(await planned()).toEqual([]);
    await planAt('2026-08-21T11:07:00Z', { awakeSince: new Date('2026-08-21T11:00:00Z') });
    expect(await planned()).toHaveLength(1);
  });
});

describe('a late bloomer', () => {
  const reread = (votes: Readonly<Record<string, number>>, at: string) =>
    savePapers(
      store,
      aList('2026-08-20').map((paper) => ({ ...paper, upvotes: votes[paper.id] ?? 0 })),
      at,
    );
  const linesOf = async () => {
    const rows = await store.selectFrom('deliveries').select('message').execute();
    return rows.map(({ message }) => message);
  };

  /** Papers 1 and 2 are posted; since then 4 has overtaken all others. */
  async function bloom(): Promise<void> {
    await planAt('2026-08-21T13:00:00Z');
    await sent();
    const votes = { '2608.00001': 50, '2608.00002': 40, '2608.00003': 30, '2608.00004': 99 };
    await reread(votes, '2026-08-22T02:00:00.000Z');
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    newest = '2026-08-21';
  }

  it('comes with a later digest, after the new papers, and says what it is', async () => {
    await bloom();
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00011', '2608.00012', '2608.00004']);
    const overview = (await linesOf())[3] ?? '';
    expect(overview).toContain('late bloomer: in the top 3 of Thursday 20 August by now');
    expect(overview).toContain('2 of 5 papers. 1 late bloomer of earlier lists.');
  });

  it('comes once', async () => {
    await bloom();
    await planAt('2026-08-22T09:00:00Z');
    await sent();
    await planAt('2026-08-23T09:00:00Z');
    expect((await planned())[2]?.papers).toEqual([]);
  });

  it('comes with the digest after the next where there are three: two come at a time', async () => {
    const others = aList('2026-08-20', 11);
    const withVotes = (votes: readonly number[]) =>
      others.map((paper, index) => ({ ...paper, upvotes: votes[index] ?? 0 }));
    await savePapers(store, withVotes([]), '2026-08-21T12:00:00.000Z');
    await planAt('2026-08-21T13:00:00Z');
    await sent();
    await savePapers(store, withVotes([99, 98, 97]), '2026-08-22T02:00:00.000Z');
    for (const day of ['22', '23', '24']) {
      await planAt(`2026-08-${day}T09:00:00Z`);
      await sent();
    }
    expect((await planned()).slice(1).map(({ papers }) => papers)).toEqual([
      ['2608.00011', '2608.00012'],
      ['2608.00013'],
      [],
    ]);
  });

  it('comes alone on a day without new papers, which says why', async () => {
    await bloom();
    newest = '2026-08-20';
    states = [quiet('The next list closes Tuesday 01:30 UTC.')];
    await planAt('2026-08-22T09:00:00Z');
    const [, second] = await planned();
    expect(second?.papers).toEqual(['2608.00004']);
    expect(second?.summary).toMatch(/^Late bloomers: Sparse retrieval/);
    expect((await linesOf())[3]).toContain('The next list closes Tuesday');
  });

  it('is none that the channel muted, or that was in the top all along', async () => {
    await store.updateTable('subscriptions').set({ muted: '["retrieval"]' }).execute();
    await bloom();
    await planAt('2026-08-22T09:00:00Z');
    expect((await planned())[1]?.papers).toEqual(['2608.00011', '2608.00012']);
  });
});

describe('entering the top', () => {
  const standing = (paper: string, then: number | undefined, now: number) => ({
    paper,
    now,
    ...(then !== undefined && { then }),
  });

  it('is told of a list that was read by then, and of no other', () => {
    const list = [standing('a', 9, 9), standing('b', 8, 8), standing('c', 7, 7)];
    expect(enteredTop([...list, standing('d', 1, 10)])).toEqual(['d']);
    expect(enteredTop([...list, standing('d', undefined, 10)])).toEqual(['d']);
    expect(enteredTop([...list, standing('d', 6, 7)])).toEqual(['d']);
    expect(enteredTop([standing('a', undefined, 9), standing('b', undefined, 8)])).toEqual([]);
  });
});

function quiet(detail: string): SourceState {
  return { source: 'hugging-face', name: 'Hugging Face', kind: 'quiet', detail, skipped: [] };
}

describe('listsSince', () => {
  it('takes the newest list alone for a first digest', () => {
    expect(listsSince(undefined, '2026-08-20')).toEqual(['2026-08-20']);
  });

  it('takes every list since the last one, at most a week', () => {
    expect(listsSince('2026-08-18', '2026-08-20')).toEqual(['2026-08-20', '2026-08-19']);
    expect(listsSince('2026-08-20', '2026-08-20')).toEqual([]);
    expect(listsSince('2026-01-01', '2026-08-20')).toHaveLength(7);
  });
});
