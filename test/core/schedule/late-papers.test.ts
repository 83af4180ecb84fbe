import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceState } from '../../../src/core/status.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

let channel: AChannel;

/** The papers of Wednesday 19 August come in two halves, the second one after its digest. */
const LIST = aList('2026-08-19');
const [HALF, REST] = [LIST.slice(0, 2), LIST.slice(2)];

beforeEach(async () => {
  channel = await aChannel(HALF);
  await channel.type('2026-08-19T12:00:00Z', 'subscribe 09:00 UTC daily 5 layout:compact');
  await channel.tick('2026-08-20T09:00:00Z');
});

afterEach(() => channel.store.destroy());

/** The ids of the papers of each digest. */
async function papers({ store } = channel): Promise<string[][]> {
  const rows = await store.selectFrom('deliveries').select('papers').orderBy('digest_id').execute();
  return rows.map((row) => JSON.parse(row.papers) as string[]);
}

const LATE_SOURCE: SourceState = {
  source: 'hf',
  name: 'Hugging Face',
  kind: 'waiting',
  detail: 'It is late.',
  skipped: [],
};

const idsOf = (list: typeof LIST) => list.map(({ id }) => id);

describe('papers that come late to a list', () => {
  it('come with the next digest, once', async () => {
    await savePapers(channel.store, REST, '2026-08-20T15:00:00.000Z');
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.tick('2026-08-22T09:00:00Z');
    expect((await papers()).slice(0, 2)).toEqual([idsOf(HALF), idsOf(REST)]);
    expect((await papers()).slice(2).flat()).toEqual([]);
  });

  it('come with those of the next list, and the title names both', async () => {
    await savePapers(channel.store, REST, '2026-08-20T15:00:00.000Z');
    await savePapers(channel.store, aList('2026-08-20', 11), '2026-08-21T02:00:00.000Z');
    await channel.type('2026-08-20T16:00:00Z', 'subscribe count:10');
    await channel.tick('2026-08-21T09:00:00Z');
    expect((await papers())[1]?.toSorted()).toEqual(
      idsOf([...REST, ...aList('2026-08-20', 11)]).toSorted(),
    );
    expect(channel.posted().at(-1)).toContain(
      'Wednesday 19 August 2026 to Thursday 20 August 2026',
    );
  });

  it('come also when another list was drawn from since, and over a weekend', async () => {
    await savePapers(channel.store, aList('2026-08-20', 11), '2026-08-21T02:00:00.000Z');
    await channel.tick('2026-08-21T09:00:00Z');
    await savePapers(channel.store, REST, '2026-08-22T15:00:00.000Z');
    await channel.tick('2026-08-23T09:00:00Z');
    expect((await papers()).at(-1)).toEqual(idsOf(REST));
  });

  it('come once also where they come alone: what was passed over among them does not come again', async () => {
    await channel.type('2026-08-20T10:00:00Z', 'subscribe count:1');
    await savePapers(channel.store, aList('2026-08-20', 11), '2026-08-21T02:00:00.000Z');
    await channel.tick('2026-08-21T09:00:00Z');
    await savePapers(channel.store, REST, '2026-08-21T15:00:00.000Z');
    for (const day of ['22', '23', '24']) await channel.tick(`2026-08-${day}T09:00:00Z`);
    expect((await papers()).slice(2).flat()).toEqual(['2608.00003']);
  });

  it('are none of a list that the channel never had', async () => {
    await savePapers(channel.store, aList('2026-08-18', 21), '2026-08-20T15:00:00.000Z');
    await channel.tick('2026-08-21T09:00:00Z');
    expect((await papers()).slice(1).flat()).toEqual([]);
  });

  it('come also where the next digest is a week later', async () => {
    await channel.type('2026-08-20T10:00:00Z', 'subscribe 09:00 UTC thursday');
    await savePapers(channel.store, REST, '2026-08-20T15:00:00.000Z');
    await channel.tick('2026-08-27T09:00:00Z');
    expect((await papers()).at(-1)).toEqual(idsOf(REST));
  });

  it('are none of a list of months ago, when somebody subscribes again', async () => {
    await channel.type('2026-08-20T10:00:00Z', 'unsubscribe');
    await savePapers(channel.store, REST, '2026-08-20T15:00:00.000Z');
    await channel.type('2027-02-18T10:00:00Z', 'subscribe 09:00 UTC daily');
    await channel.tick('2027-02-19T09:00:00Z');
    expect((await papers()).slice(1).flat()).toEqual([]);
  });
});

describe('a late bloomer', () => {
  it('comes also where its votes were read within the hour of the digest', async () => {
    await channel.type('2026-08-20T10:00:00Z', 'subscribe count:3');
    const list = aList('2026-08-20', 11);
    await savePapers(channel.store, list, '2026-08-21T02:00:00.000Z');
    await channel.tick('2026-08-21T09:00:00Z');
    const bloomed = list.map((paper, index) => ({
      ...paper,
      upvotes: index === 4 ? 500 : 50 - 10 * index,
    }));
    await savePapers(channel.store, bloomed, '2026-08-21T09:40:00.000Z');
    await channel.tick('2026-08-22T09:00:00Z');
    expect((await papers()).at(-1)).toEqual(['2608.00015']);
  });

  it('is none of a list of months ago, when somebody subscribes again', async () => {
    await channel.type('2026-08-20T10:00:00Z', 'subscribe count:1');
    await savePapers(channel.store, aList('2026-08-20', 11), '2026-08-21T02:00:00.000Z');
    await channel.tick('2026-08-21T13:00:00Z');
    await channel.type('2026-08-21T14:00:00Z', 'unsubscribe');
    const bloomed = aList('2026-08-20', 11).map((paper) => ({ ...paper, upvotes: 100 }));
    await savePapers(channel.store, bloomed, '2026-08-21T20:00:00.000Z');
    await channel.type('2027-02-18T10:00:00Z', 'subscribe 09:00 UTC daily');
    await channel.tick('2027-02-19T09:00:00Z');
    expect((await papers()).at(-1)).toEqual([]);
  });

  it('is none of a list that the channel never had', async () => {
    const older = aList('2026-08-18', 21);
    await savePapers(channel.store, older, '2026-08-19T02:00:00.000Z');
    await savePapers(
      channel.store,
      older.map((paper, index) => ({ ...paper, upvotes: 100 + index })),
      '2026-08-20T15:00:00.000Z',
    );
    await channel.tick('2026-08-21T09:00:00Z');
    expect((await papers()).slice(1).flat()).toEqual([]);
  });
});

describe('40: a clock that was days ahead for one tick', () => {
  const lists = new Map(
    [1, 2, 3, 4, 5].map((day) => [`2026-09-0${day}`, aList(`2026-09-0${day}`, 10 * day)]),
  );
  const arrive = (day: number) =>
    savePapers(
      channel.store,
      lists.get(`2026-09-0${day}`) ?? [],
      `2026-09-0${day + 1}T01:40:00.000Z`,
    );

  it.each([24, 48])('costs no list (%d hours)', async (hours) => {
    await channel.type('2026-08-20T10:00:00Z', 'subscribe count:20');
    await arrive(1);
    await channel.tick('2026-09-02T09:00:00Z');
    const closed = hours === 24 ? '2026-09-02' : '2026-09-03';
    channel.sources([{ ...LATE_SOURCE, missing: closed }]);
    await channel.tick(`2026-09-0${2 + hours / 24}T09:05:00Z`);
    channel.sources([]);
    for (const day of [2, 3, 4, 5]) {
      await arrive(day);
      await channel.tick(`2026-09-0${day + 1}T09:00:00Z`);
    }
    const posted = (await papers()).flat();
    for (const list of lists.values()) expect(posted).toEqual(expect.arrayContaining(idsOf(list)));
  });
});

describe('a channel whose first list is still open', () => {
  const older = aList('2026-08-21', 31);
  const first = aList('2026-08-22', 41);
  let early: AChannel;

  beforeEach(async () => {
    early = await aChannel([...older, ...first.slice(0, 2)]);
    await early.type(
      '2026-08-22T08:00:00Z',
      'subscribe 13:00 UTC daily 5 layout:compact mode:early',
    );
    await early.tick('2026-08-22T13:00:00Z');
  });

  afterEach(() => early.store.destroy());

  it.each([
    ['late papers', aList('2026-08-21', 36)],
    ['late bloomers', older.map((paper, index) => ({ ...paper, upvotes: 100 + index }))],
  ])('gets the rest of it, and no %s of the list before it', async (_, others) => {
    await savePapers(early.store, [...others, ...first], '2026-08-22T20:00:00.000Z');
    await early.tick('2026-08-23T13:00:00Z');
    expect(await papers(early)).toEqual([idsOf(first.slice(0, 2)), idsOf(first.slice(2))]);
  });
});
