import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planNow } from '../../../src/core/schedule/plan-now.ts';
import { readOnce } from '../../../src/core/schedule/read-once.ts';
import { openDeliveries } from '../../../src/core/store/deliveries.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { getSubscription, putSubscription } from '../../../src/core/store/subscriptions.ts';
import { createSubscription } from '../commands/services.ts';
import { aList, aStore } from '../store-fixtures.ts';

const NOW = '2026-08-21T20:00:00Z';
const settings = { weights: {}, profile: { topics: [], muted: [], follows: [] } };
const newest = { closed: '2026-08-20', opened: '2026-08-21' };
const subscription = createSubscription({
  timezone: 'Asia/Tokyo',
  count: 2,
  topics: [],
  nextDue: new Date('2026-08-22T00:00:00Z'),
});
const { channel } = subscription;

let store: Store;

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  await putSubscription(store, subscription, NOW);
});

afterEach(() => store.destroy());

function now(time = NOW) {
  const options = { store, settings, now: new Date(time), ...readOnce(store) };
  return planNow(options, subscription, newest, []);
}

describe('planNow', () => {
  it('plans the newest digest under the day that it is in the channel, and moves no slot', async () => {
    expect(await now()).toEqual({ papers: 2, already: false });
    expect(await openDeliveries(store, channel)).toMatchObject([
      { localDate: '2026-08-22', occasion: 'asked', papers: ['2608.00001', '2608.00002'] },
      { position: 1 },
      { position: 2 },
    ]);
    expect((await getSubscription(store, channel))?.nextDue).toEqual(subscription.nextDue);
  });

  it('plans one a day, however often and fast it is asked for', async () => {
    const answers = await Promise.all([now(), now(), now()]);
    expect(answers.filter(({ already }) => !already)).toHaveLength(1);
    expect((await now()).already).toBe(true);
    expect(await latestDigests(store, channel, 9)).toEqual([
      { localDate: '2026-08-22', sent: 0, planned: 3, waiting: 3, asked: true },
    ]);
    expect(await now('2026-08-22T20:00:00Z')).toEqual({ papers: 2, already: false });
  });

  it('leaves room for the digest of that day’s slot', async () => {
    await now();
    const slot = { channel, localDate: '2026-08-22', listDate: undefined, pages: [] };
    const pages = [{ message: { summary: 'slot', blocks: [] }, papers: [], inThread: false }];
    expect(await writeDigest(store, { ...slot, pages }, NOW)).toBe(true);
    expect(await latestDigests(store, channel, 9)).toHaveLength(2);
  });

  it('plans nothing where there is nothing new', async () => {
    await now();
    await now('2026-08-22T20:00:00Z');
    await now('2026-08-23T20:00:00Z');
    expect(await now('2026-08-24T20:00:00Z')).toEqual({ papers: 0, already: false });
    expect(await latestDigests(store, channel, 9)).toHaveLength(3);
  });

  it('37: is refused while a restored backup leaves in doubt what was posted', async () => {
    const until = (held_until: string) =>
      store.updateTable('outbox_mark').set({ held_until }).execute();
    await until('2026-08-22T00:00:00.000Z');
    await expect(now('2026-08-22T20:00:00Z')).rejects.toThrow(/was restored from a backup/);
    await until('2026-08-21T19:00:00.000Z');
    await expect(now()).rejects.toThrow(/works as usual from tomorrow/);
    expect(await latestDigests(store, channel, 9)).toEqual([]);
    expect(await now('2026-08-22T20:00:00Z')).toMatchObject({ papers: 2 });
  });
});
