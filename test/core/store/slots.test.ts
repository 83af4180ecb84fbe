import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { planSlots, untouchedDigests } from '../../../src/core/store/slots.ts';
import {
  deleteSubscription,
  getSubscription,
  putSubscription,
} from '../../../src/core/store/subscriptions.ts';
import type { Subscription } from '../../../src/core/subscription.ts';
import { createSubscription } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const NOW = '2026-08-21T09:00:00.000Z';
const wish = createSubscription({ nextDue: new Date(NOW) });
const { channel } = wish;
const nextDue = new Date('2026-08-22T09:00:00Z');

let store: Store;
let subscription: Subscription;
beforeEach(async () => {
  store = await aStore();
  await putSubscription(store, wish, NOW);
  subscription = (await getSubscription(store, channel)) ?? wish;
});
afterEach(() => store.destroy());

function digestOf(localDate: string) {
  const pages = [{ message: { summary: 'x', blocks: [] }, papers: ['1'], inThread: false }];
  return { channel, localDate, listDate: undefined, pages };
}

describe('a plan for slots', () => {
  const digest = digestOf('2026-08-21');

  it('is written whole', async () => {
    await writeDigest(store, digestOf('2026-08-19'), NOW);
    const whole = {
      subscription,
      nextDue,
      digest,
      skipped: [{ days: ['2026-08-20'], reason: 'It was skipped.' }],
      superseded: { ids: await untouchedDigests(store, channel), reason: 'It was superseded.' },
    };
    expect(await planSlots(store, whole, NOW)).toBe(true);
    expect(await latestDigests(store, channel, 9)).toMatchObject([
      { localDate: '2026-08-21', planned: 1 },
      { localDate: '2026-08-20', problem: 'It was skipped.' },
      { localDate: '2026-08-19', problem: 'It was superseded.' },
    ]);
    expect((await getSubscription(store, channel))?.nextDue).toEqual(nextDue);
  });

  it.each([
    ['changed', () => putSubscription(store, { ...wish, at: '18:00' }, NOW)],
    ['ended', () => deleteSubscription(store, channel)],
  ])('is void once the subscription was %s', async (_, change) => {
    await change();
    const changed = await getSubscription(store, channel);
    expect(await planSlots(store, { subscription, nextDue, digest }, NOW)).toBe(false);
    expect(await latestDigests(store, channel, 9)).toEqual([]);
    expect(await getSubscription(store, channel)).toEqual(changed);
  });

  it('is void once anything was tried of a digest that it stands in for', async () => {
    await writeDigest(store, digestOf('2026-08-20'), NOW);
    const ids = await untouchedDigests(store, channel);
    await store.updateTable('deliveries').set({ attempted_at: NOW }).execute();
    const superseded = { ids, reason: 'It is part of another.' };
    const plan = { subscription, nextDue, digest, superseded };
    expect(await planSlots(store, plan, NOW)).toBe(false);
    expect(await latestDigests(store, channel, 9)).toMatchObject([{ localDate: '2026-08-20' }]);
  });
});
