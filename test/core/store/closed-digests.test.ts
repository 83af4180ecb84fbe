import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetMessages, forgetPages } from '../../../src/core/store/closed-digests.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { postedPapers } from '../../../src/core/store/posted-papers.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { pagesToRefresh } from '../../../src/core/store/refreshes.ts';
import { aStore } from '../store-fixtures.ts';

const channel = { platform: 'fake', tenant: 'lab', channel: 'papers' };
const OLD = '2025-08-01T09:00:00.000Z';
const NEW = '2025-08-02T09:00:00.000Z';

let store: Store;
beforeEach(async () => {
  store = await aStore();
  await plan(OLD, 'sent');
  await plan(NEW, 'sent');
});
afterEach(() => store.destroy());

async function plan(at: string, state: string, papers = [`of ${at}`]): Promise<boolean> {
  const pages = [{ message: { summary: 'x', blocks: [] }, papers, inThread: false }];
  const localDate = at.slice(0, 10);
  const isNew = await writeDigest(store, { channel, localDate, listDate: undefined, pages }, at);
  await store.updateTable('deliveries').set({ state }).where('state', '=', 'planned').execute();
  return isNew;
}

async function kept(): Promise<string[]> {
  const rows = await store.selectFrom('deliveries').select('message').execute();
  return rows.map(({ message }) => message);
}

it('forgets what old pages said, and leaves newer ones', async () => {
  await forgetMessages(store, NEW);
  expect(await kept()).toEqual(['', expect.stringContaining('"x"')]);
  await forgetMessages(store, '2026-08-01T00:00:00.000Z');
  expect(await kept()).toEqual(['', '']);
});

it.each(['unknown', 'held'])('keeps a page that is %s, however old', async (state) => {
  await store.updateTable('deliveries').set({ state }).execute();
  await forgetMessages(store, '2026-08-01T00:00:00.000Z');
  await forgetPages(store, '2026-08-01T00:00:00.000Z');
  expect(await kept()).toEqual([expect.stringContaining('"x"'), expect.stringContaining('"x"')]);
});

it('leaves what it forgets out of those whose votes are refreshed, as an old database does not', async () => {
  const [now, later] = ['2026-08-21T09:00:00.000Z', '2026-08-22T09:00:00.000Z'];
  const due = () => pagesToRefresh(store, later, 9);
  await store.updateTable('deliveries').set({ refresh_at: now }).execute();
  await forgetMessages(store, NEW);
  expect(await due()).toMatchObject([{ message: { summary: 'x' } }]);
  const row = store.selectFrom('deliveries').select('refresh_at').where('message', '=', '');
  expect(await row.execute()).toEqual([{ refresh_at: null }]);
  await store.updateTable('deliveries').set({ refresh_at: now }).execute();
  expect(await due()).toMatchObject([{ message: { summary: 'x' } }]);
});

it('forgets old pages, but neither that a paper was posted nor that a day had its digest', async () => {
  await forgetPages(store, NEW);
  expect(await latestDigests(store, channel, 9)).toMatchObject([{ localDate: '2025-08-02' }]);
  const papers = await postedPapers(store, channel, [`of ${OLD}`]);
  expect(papers).toEqual(new Map([[`of ${OLD}`, '2025-08-01']]));
  expect(await plan(OLD, 'sent', ['another'])).toBe(false);
});

it('takes a long past a little at a time, and gets through it', async () => {
  for (let day = 1; day <= 250; day += 1) {
    await plan(new Date(Date.parse(NEW) + day * 86_400_000).toISOString(), 'sent');
  }
  for (const left of [52, 0]) {
    await forgetPages(store, '2026-08-21T09:00:00.000Z');
    expect(await kept()).toHaveLength(left);
  }
});
