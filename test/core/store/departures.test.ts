import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  knownTenants,
  purgeDeparted,
  recordDeparture,
  recordReturn,
} from '../../../src/core/store/departures.ts';
import { addBookmarks } from '../../../src/core/store/bookmarks.ts';
import { createInstallations } from '../../../src/core/store/installations.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { recordMessagePapers } from '../../../src/core/store/message-papers.ts';
import { dueSubscriptions } from '../../../src/core/store/next-due.ts';
import {
  deleteSubscription,
  getSubscription,
  putSubscription,
} from '../../../src/core/store/subscriptions.ts';
import { createSubscription } from '../commands/services.ts';
import { aPaper, aStore } from '../store-fixtures.ts';

const DAY_MS = 86_400_000;
const NOW = '2026-11-26T00:00:00.000Z';
const here = { platform: 'test', tenant: 'lab', channel: 'papers' };
const there = { platform: 'test', tenant: 'lab', channel: 'random' };
const elsewhere = { platform: 'test', tenant: 'other-lab', channel: 'papers' };

const PAPER = aPaper({ id: '2608.00001' });

let store: Store;

beforeEach(async () => {
  store = await aStore([PAPER]);
  for (const channel of [here, there, elsewhere]) {
    await putSubscription(store, createSubscription({ channel }), NOW);
  }
});

afterEach(() => store.destroy());

async function due(): Promise<string[]> {
  const found = await dueSubscriptions(store, NOW);
  return found.map(({ channel }) => `${channel.tenant}/${channel.channel}`).sort();
}

/** At the second sight, a day after the first. */
async function purgeSeen(date: string): Promise<number> {
  expect(await purgeDeparted(store, new Date(date))).toBe(0);
  return purgeDeparted(store, new Date(Date.parse(date) + DAY_MS));
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

  it('is among the tenants that something is kept of, subscribed or not', async () => {
    await deleteSubscription(store, elsewhere);
    expect(await knownTenants(store, 'test')).toEqual(['lab']);
    await recordMessagePapers(store, { ...elsewhere, message: '1' }, [PAPER.id], NOW);
    expect((await knownTenants(store, 'test')).sort()).toEqual(['lab', 'other-lab']);
    expect(await knownTenants(store, 'another')).toEqual([]);
  });

  it('leaves no trace where nothing of ours was', async () => {
    await recordDeparture(store, { ...here, channel: 'a stranger’s thread' }, NOW);
    await recordDeparture(store, { platform: 'test', tenant: 'no lab of ours' }, NOW);
    expect(await store.selectFrom('departures').selectAll().execute()).toEqual([]);
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
    expect(await purgeSeen('2026-11-26')).toBe(1);
    expect(await getSubscription(store, here)).toBeUndefined();
    expect(await getSubscription(store, there)).toBeDefined();
    expect(await getSubscription(store, elsewhere)).toBeDefined();
  });

  it('is forgotten as a tenant with its install and its readers’ libraries', async () => {
    const installations = createInstallations(store, () => new Date(NOW));
    for (const tenant of ['lab', 'other-lab']) {
      await installations.put({ platform: 'test', tenant, content: 'sealed' });
      await addBookmarks(store, { platform: 'test', tenant, user: 'ada' }, [PAPER.id], NOW);
    }
    await recordDeparture(store, here, '2026-10-01T00:00:00.000Z');
    await purgeSeen('2026-11-26');
    expect(await installations.all('test')).toHaveLength(2);
    await recordDeparture(store, { platform: 'test', tenant: 'lab' }, '2026-10-01T00:00:00.000Z');
    await purgeSeen('2026-11-26');
    expect(await installations.all('test')).toMatchObject([{ tenant: 'other-lab' }]);
    const kept = await store.selectFrom('bookmarks').select('tenant').execute();
    expect(kept).toEqual([{ tenant: 'other-lab' }]);
  });

  it('is known by its readers’ libraries alone, too', async () => {
    const reader = { platform: 'test', tenant: 'readers', user: 'ada' };
    await addBookmarks(store, reader, [PAPER.id], NOW);
    await recordDeparture(store, { platform: 'test', tenant: 'readers' }, NOW);
    expect(await purgeSeen('2027-02-01')).toBe(1);
    expect(await store.selectFrom('bookmarks').selectAll().execute()).toEqual([]);
  });

  it('counts from the first time that we were told', async () => {
    await recordDeparture(store, here, '2026-10-01T00:00:00.000Z');
    await recordDeparture(store, here, '2026-11-20T00:00:00.000Z');
    expect(await purgeSeen('2026-11-26')).toBe(1);
  });

  it('40: outlives a clock that runs a month ahead, however often it is set right', async () => {
    await recordDeparture(store, here, NOW);
    for (const date of ['2027-01-01', '2026-11-27', '2027-01-02', '2026-11-28']) {
      expect(await purgeDeparted(store, new Date(date))).toBe(0);
    }
    expect(await getSubscription(store, here)).toBeDefined();
    expect(await purgeSeen('2026-12-27')).toBe(1);
  });
});
