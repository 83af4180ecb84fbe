import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  purgeDeparted,
  recordDeparture,
  recordReturn,
} from '../../../src/core/store/departures.ts';
import type { Store } from '../../../src/core/store/open.ts';
import {
  dueSubscriptions,
  getSubscription,
  putSubscription,
} from '../../../src/core/store/subscriptions.ts';
import { createSubscription } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const NOW = '2026-11-26T00:00:00.000Z';
const here = { platform: 'test', tenant: 'lab', channel: 'papers' };
const there = { platform: 'test', tenant: 'lab', channel: 'random' };
const elsewhere = { platform: 'test', tenant: 'other-lab', channel: 'papers' };

let store: Store;

beforeEach(async () => {
  store = await aStore();
  for (const channel of [here, there, elsewhere]) {
    await putSubscription(store, createSubscription({ channel }), NOW);
  }
});

afterEach(() => store.destroy());

async function due(): Promise<string[]> {
  const found = await dueSubscriptions(store, NOW);
  return found.map(({ channel }) => `${channel.tenant}/${channel.channel}`).sort();
}

describe('a place that the bot was removed from', () => {
  it('gets nothing: a channel alone', async () => {
    await recordDeparture(store, here, NOW);
    expect(await due()).toEqual(['lab/random', 'other-lab/papers']);
  });

  it('gets nothing: a tenant with all its channels', async () => {
    await recordDeparture(store, { platform: 'test', tenant: 'lab' }, NOW);
    expect(await due()).toEqual(['other-lab/papers']);
  });

  it('has its settings again when the bot returns', async () => {
    await recordDeparture(store, { platform: 'test', tenant: 'lab' }, NOW);
    await recordReturn(store, { platform: 'test', tenant: 'lab' });
    expect(await due()).toHaveLength(3);
  });

  it('stays left, as a channel, when a start tells that the bot is in the tenant', async () => {
    await recordDeparture(store, here, NOW);
    await recordReturn(store, { platform: 'test', tenant: 'lab' });
    expect(await due()).toEqual(['lab/random', 'other-lab/papers']);
    await recordReturn(store, here);
    expect(await due()).toHaveLength(3);
  });

  it('is forgotten once it is left for long enough, and nothing else is', async () => {
    await recordDeparture(store, here, '2026-10-01T00:00:00.000Z');
    await recordDeparture(store, elsewhere, '2026-11-20T00:00:00.000Z');
    expect(await purgeDeparted(store, '2026-10-27T00:00:00.000Z')).toBe(1);
    expect(await getSubscription(store, here)).toBeUndefined();
    expect(await getSubscription(store, there)).toBeDefined();
    expect(await getSubscription(store, elsewhere)).toBeDefined();
  });

  it('counts from the first time that we were told', async () => {
    await recordDeparture(store, here, '2026-10-01T00:00:00.000Z');
    await recordDeparture(store, here, '2026-11-20T00:00:00.000Z');
    expect(await purgeDeparted(store, '2026-10-27T00:00:00.000Z')).toBe(1);
  });
});
