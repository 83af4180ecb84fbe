import { afterEach, beforeEach, expect, it } from 'vitest';
import { channelsToServe } from '../../../src/core/store/deliveries.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aStore } from '../store-fixtures.ts';
import { queryPlans } from './query-plans.ts';

const NOW = '2026-08-21T09:00:00.000Z';

let store: Store;
beforeEach(async () => {
  store = await aStore();
});
afterEach(() => store.destroy());

it('finds the channels to serve among the open pages, not among all that were ever posted', async () => {
  const [plan] = await queryPlans(store, (watched) => channelsToServe(watched, NOW));
  expect(plan).toMatch(/deliveries USING (COVERING )?INDEX deliveries_open/);
  expect(plan).not.toMatch(/SCAN (deliveries|digests)$/m);
});
