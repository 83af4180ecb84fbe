import { afterEach, describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import type { SourceState } from '../../../src/core/status.ts';
import { markRestored } from '../../../src/core/store/outbox-mark.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { aList, aPaper } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

/** The newest list that has closed, and one that is open, when the database is lost on the 21st. */
const CLOSED = aList('2026-08-20');
const OPEN = aList('2026-08-21', 11);
/** What comes late to the closed list, and the list of the day after. */
const LATE = aList('2026-08-20', 6);
const NEXT = aList('2026-08-22', 21);

const DAILY = 'subscribe 09:00 UTC daily 2 layout:compact';
const arXiv = { source: 'arxiv', name: 'arXiv', detail: 'It is late.', skipped: [] };

interface Story {
  /** What the channel had asked for when the backup was made. */
  readonly wish?: string;
  /** What was read by then; the closed list unless told. */
  readonly known?: readonly Paper[];
  /** What the lost database did; the digest of 09:00 unless told. */
  readonly lost?: (channel: AChannel) => Promise<unknown>;
  /** What the restored one does first; a tick at noon unless told. */
  readonly then?: (channel: AChannel) => Promise<unknown>;
  /** The digest that is looked at; that of the next day unless told. */
  readonly next?: string;
}

const channels: AChannel[] = [];

afterEach(async () => {
  for (const { store } of channels.splice(0)) await store.destroy();
});

const slot = (channel: AChannel) => channel.tick('2026-08-21T09:00:00Z');
const noon = (channel: AChannel) => channel.tick('2026-08-21T12:00:00Z');

/** The papers that the lost database posted on the 21st, and those that the restored one posts. */
async function tell({ lost = slot, then = noon, ...story }: Story) {
  const { wish = DAILY, known = CLOSED, next = '2026-08-22T09:00:00Z' } = story;
  const gone = await backup(wish, known);
  await savePapers(gone.store, [...CLOSED, ...known], '2026-08-21T08:30:00.000Z');
  await lost(gone);
  const restored = await backup(wish, known);
  await markRestored(restored.store, { claims: 9, until: '2026-08-21T09:05:00.000Z' });
  await savePapers(restored.store, votedOn(known.toReversed()), '2026-08-21T11:00:00.000Z');
  await then(restored);
  restored.sources([]);
  const all = votedOn([...CLOSED, ...LATE, ...OPEN, ...NEXT]);
  await savePapers(restored.store, all, '2026-08-21T20:00:00.000Z');
  await restored.tick(next);
  return {
    lost: await postedBy(gone, '2026-08-21'),
    later: await postedBy(restored, next.slice(0, 10)),
    said: JSON.stringify(restored.platform.messages.at(-1)?.message),
  };
}

/** A channel that had a digest on the 20th, and these papers since. */
async function backup(wish: string, known: readonly Paper[]): Promise<AChannel> {
  const channel = await aChannel(aList('2026-08-19', 91));
  channels.push(channel);
  await channel.type('2026-08-20T08:00:00Z', wish);
  await channel.tick('2026-08-20T09:00:00Z');
  await savePapers(channel.store, known, '2026-08-21T02:00:00.000Z');
  return channel;
}

/** The first has the most votes. */
function votedOn(papers: readonly Paper[]): Paper[] {
  return papers.map((paper, index) => ({ ...paper, upvotes: 500 - 10 * index }));
}

async function postedBy({ store }: AChannel, since: string): Promise<string[]> {
  const rows = await store
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .select('papers')
    .where('local_date', '>=', since)
    .where('deliveries.state', '=', 'sent')
    .orderBy('digest_id')
    .execute();
  return rows.flatMap(({ papers }) => JSON.parse(papers) as string[]);
}

const troubled = (state: SourceState) => (channel: AChannel) => {
  channel.sources([state]);
  return noon(channel);
};

const typed = (text: string) => async (channel: AChannel) => {
  await noon(channel);
  return channel.type('2026-08-21T12:01:00Z', text);
};

const STORIES: Readonly<Record<string, Story>> = {
  'where all is well': {},
  'where a source fails': { then: troubled({ ...arXiv, kind: 'failed' }) },
  'where a source is late': {
    then: troubled({ ...arXiv, kind: 'waiting', missing: '2026-08-20' }),
  },
  'where the list was not read yet': { known: [] },
  'where half the list was read': { known: CLOSED.slice(3) },
  'once what was held is given up': { then: typed('post drop') },
  'once what was held is posted': { then: typed('post held') },
  'where somebody had asked for a digest': {
    wish: 'subscribe 09:00 UTC thursday 2 layout:compact',
    lost: async (channel) => {
      await channel.type('2026-08-21T08:59:00Z', 'post');
      await slot(channel);
    },
    next: '2026-08-27T09:00:00Z',
  },
  'where the channel had subscribed since, and does so again': {
    wish: 'settings',
    lost: async (channel) => {
      await channel.type('2026-08-21T08:00:00Z', DAILY);
      await slot(channel);
    },
    then: (channel) =>
      channel.type('2026-08-21T10:00:00Z', 'subscribe 11:00 UTC daily 2 layout:compact'),
    next: '2026-08-21T11:00:00Z',
  },
};

describe('37: after a restored backup', () => {
  it.each(Object.entries(STORIES))('no paper comes twice %s', async (_, story) => {
    const { lost, later } = await tell(story);
    expect(lost.toSorted()).toEqual(['2608.00001', '2608.00002']);
    expect(later.filter((id) => id < '2608.00011')).toEqual([]);
  });

  it('no paper of a list that was open then comes twice, and those of the next list come', async () => {
    const { lost, later } = await tell({ wish: `${DAILY} mode:early`, known: OPEN });
    expect(lost).toEqual(['2608.00011', '2608.00002']);
    expect(later).toEqual(['2608.00021', '2608.00022']);
  });

  it('no paper comes twice that a later list holds as well', async () => {
    const again = aPaper({ id: '2608.00001', listDate: '2026-08-21' });
    const { lost, later } = await tell({
      then: async (channel) => {
        await noon(channel);
        await savePapers(channel.store, [again], '2026-08-21T19:00:00.000Z');
      },
    });
    expect(lost).toContain(again.id);
    expect(later).toEqual(['2608.00011', '2608.00012']);
  });

  it('a digest says what it leaves out', async () => {
    const { said } = await tell({ ...STORIES['where somebody had asked for a digest'] });
    expect(said).toContain('restored from a backup');
  });

  it('no digest says so where all of that is held', async () => {
    const { said } = await tell({ ...STORIES['where a source fails'] });
    expect(said).toContain('Papers of Friday 21 August');
    expect(said).not.toContain('restored from a backup');
  });
});
