import { afterEach, beforeEach, expect, it } from 'vitest';
import { findCircuit, putCircuit } from '../../../src/core/store/circuits.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { heldUntil, markRestored, readMark } from '../../../src/core/store/outbox-mark.ts';
import { endWrongWaits } from '../../../src/core/store/wrong-clock.ts';
import { aStore } from '../store-fixtures.ts';

const NOW = new Date('2026-08-21T10:00:00.000Z');
const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };

let store: Store;

beforeEach(async () => {
  store = await aStore();
});

afterEach(() => store.destroy());

it.each([
  ['2027-08-21T10:00:00.000Z', '2026-08-21T10:00:00.000Z'],
  ['2026-08-22T09:59:00.000Z', '2026-08-22T09:59:00.000Z'],
])('40: a channel’s next try at %s is at %s', async (probeAt, expected) => {
  await putCircuit(store, channel, { reason: '', openedAt: probeAt, failures: 3, probeAt });
  await endWrongWaits(store, NOW);
  expect(await findCircuit(store, channel)).toMatchObject({ probeAt: expected });
});

it.each([
  ['2027-08-21T10:00:00.000Z', '2026-08-21T10:00:00.000Z', null],
  ['2026-08-22T09:59:00.000Z', '2026-08-22T09:59:00.000Z', '2026-08-22T09:59:00.000Z'],
])(
  '40: votes that are due at %s are due at %s, and its manager told',
  async (at, refresh, tell) => {
    const pages = [{ message: { summary: '', blocks: [] }, papers: [], inThread: false }];
    const plan = { channel, localDate: '2026-08-21', listDate: undefined, pages };
    await writeDigest(store, plan, NOW.toISOString());
    await store.updateTable('deliveries').set({ refresh_at: at }).execute();
    await store.updateTable('digests').set({ tell_at: at }).execute();
    await endWrongWaits(store, NOW);
    const page = await store.selectFrom('deliveries').select('refresh_at').executeTakeFirst();
    const digest = await store.selectFrom('digests').select('tell_at').executeTakeFirst();
    expect([page?.refresh_at, digest?.tell_at]).toEqual([refresh, tell]);
  },
);

it.each([
  ['2027-08-21T10:00:00.000Z', '2026-08-21T10:00:00.000Z'],
  ['2026-08-20T10:00:00.000Z', '2026-08-20T10:00:00.000Z'],
])('40: an outbox that got to %s is taken to have got to %s', async (until, expected) => {
  await markRestored(store, { claims: 1, until });
  await endWrongWaits(store, NOW);
  expect(await heldUntil(store)).toBe(expected);
  expect((await readMark(store)).claimedAt).toBe(expected);
});
