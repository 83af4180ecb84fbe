import { afterEach, beforeEach, expect, it } from 'vitest';
import { bringBackSlots } from '../../../src/core/schedule/index.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { getSubscription, putSubscription } from '../../../src/core/store/subscriptions.ts';
import { createSubscription } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const NOW = new Date('2026-08-21T10:00:00Z');
const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };

let store: Store;

beforeEach(async () => {
  store = await aStore();
});

afterEach(() => store.destroy());

async function broughtBack(days: readonly number[], nextDue: string): Promise<string> {
  const wish = { at: '09:00', timezone: 'UTC', days, nextDue: new Date(nextDue) };
  await putSubscription(store, createSubscription({ ...wish, channel }), NOW.toISOString());
  await bringBackSlots(store, NOW);
  return (await getSubscription(store, channel))?.nextDue.toISOString() ?? '';
}

it('40: a slot that a clock a year ahead has set comes back to the schedule', async () => {
  const back = await broughtBack([1, 2, 3, 4, 5, 6, 7], '2027-08-22T09:00:00.000Z');
  expect(back).toBe('2026-08-22T09:00:00.000Z');
});

it('the slot of a weekly schedule, and one that is due, stay', async () => {
  for (const nextDue of ['2026-08-28T09:00:00.000Z', '2026-08-14T09:00:00.000Z']) {
    expect(await broughtBack([5], nextDue)).toBe(nextDue);
  }
});
