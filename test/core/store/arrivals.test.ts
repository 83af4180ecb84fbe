import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addArrival,
  closeArrival,
  countAttempt,
  forgetArrivals,
  openArrivals,
} from '../../../src/core/store/arrivals.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aStore } from '../store-fixtures.ts';

const NOW = '2026-11-26T00:00:00.000Z';
const LATER = '2026-11-26T00:00:01.000Z';
const first = { platform: 'test', tenant: 'lab', id: 'Ev1', content: '{"n":1}' };
const second = { ...first, id: 'Ev2', content: '{"n":2}' };

let store: Store;

beforeEach(async () => {
  store = await aStore();
});

afterEach(() => store.destroy());

describe('what a service sent', () => {
  it('is kept once, however often it comes, and told oldest first', async () => {
    expect(await addArrival(store, second, LATER)).toBe(true);
    expect(await addArrival(store, first, NOW)).toBe(true);
    expect(await addArrival(store, { ...first, content: 'other' }, LATER)).toBe(false);
    expect(await openArrivals(store, 'test')).toEqual([
      { ...first, attempts: 0, receivedAt: new Date(NOW) },
      { ...second, attempts: 0, receivedAt: new Date(LATER) },
    ]);
    expect(await openArrivals(store, 'other')).toEqual([]);
  });

  it('is another’s where the tenant or the platform is another', async () => {
    await addArrival(store, first, NOW);
    expect(await addArrival(store, { ...first, tenant: 'other-lab' }, NOW)).toBe(true);
    expect(await addArrival(store, { ...first, platform: 'other' }, NOW)).toBe(true);
  });

  it('is not new again once it is dealt with, and its content is forgotten', async () => {
    await addArrival(store, first, NOW);
    await closeArrival(store, first);
    expect(await openArrivals(store, 'test')).toEqual([]);
    expect(await addArrival(store, first, LATER)).toBe(false);
    const { content } = await store
      .selectFrom('arrivals')
      .select('content')
      .executeTakeFirstOrThrow();
    expect(content).toBeNull();
  });

  it('counts the attempts that failed', async () => {
    await addArrival(store, first, NOW);
    await countAttempt(store, first);
    await countAttempt(store, first);
    expect(await openArrivals(store, 'test')).toMatchObject([{ attempts: 2 }]);
  });

  it('is forgotten when it is old', async () => {
    await addArrival(store, first, NOW);
    await addArrival(store, second, LATER);
    await forgetArrivals(store, LATER);
    expect(await openArrivals(store, 'test')).toMatchObject([{ id: 'Ev2' }]);
  });
});
