import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../src/core/store/open.ts';
import { countPapers } from '../../../src/core/store/papers.ts';
import {
  listsOf,
  newestList,
  recordFailure,
  recordFetch,
  recordSuccess,
  saveList,
  sourceHealth,
} from '../../../src/core/store/sources.ts';
import { aList } from '../store-fixtures.ts';

const EARLY = '2026-08-20T08:00:00.000Z';
const LATE = '2026-08-21T02:00:00.000Z';
const HF = 'hugging-face';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});

describe('lists', () => {
  it('remember their last reading, and no older one', async () => {
    await recordFetch(store, HF, '2026-08-20', 12, EARLY);
    await recordFetch(store, HF, '2026-08-20', 24, LATE);
    await recordFetch(store, HF, '2026-08-20', 12, EARLY);
    const expected = [{ listDate: '2026-08-20', fetchedAt: LATE, paperCount: 24 }];
    expect(await listsOf(store, HF, '2026-08-20', '2026-08-20')).toEqual(expected);
  });

  it('are told oldest first, of one source, with both ends', async () => {
    for (const date of ['2026-08-21', '2026-08-19', '2026-08-20', '2026-08-18']) {
      await recordFetch(store, HF, date, 1, LATE);
    }
    await recordFetch(store, 'arxiv', '2026-08-20', 1, LATE);
    const lists = await listsOf(store, HF, '2026-08-19', '2026-08-20');
    expect(lists.map(({ listDate }) => listDate)).toEqual(['2026-08-19', '2026-08-20']);
  });

  it('have a newest one that holds papers, of all or of some sources', async () => {
    expect(await newestList(store)).toBeUndefined();
    await recordFetch(store, HF, '2026-08-20', 24, LATE);
    await recordFetch(store, HF, '2026-08-22', 0, LATE);
    await recordFetch(store, 'arxiv', '2026-08-21', 300, LATE);
    expect(await newestList(store)).toBe('2026-08-21');
    expect(await newestList(store, [HF])).toBe('2026-08-20');
    expect(await newestList(store, [])).toBeUndefined();
  });
});

describe('source health', () => {
  it('is empty before the first attempt', async () => {
    expect(await sourceHealth(store, HF)).toEqual({ skipped: [] });
  });

  it('remembers the last failure beside the last success', async () => {
    const skipped = [{ id: '2608.00001', reason: 'title: missing' }];
    await recordSuccess(store, HF, EARLY, skipped);
    await recordFailure(store, HF, LATE, 'HTTP 500');
    const expected = { succeededAt: EARLY, failedAt: LATE, failure: 'HTTP 500', skipped };
    expect(await sourceHealth(store, HF)).toEqual(expected);
    expect(await sourceHealth(store, 'arxiv')).toEqual({ skipped: [] });
  });

  it('forgets bad items that are good again', async () => {
    await recordFailure(store, HF, EARLY, 'HTTP 500');
    await recordSuccess(store, HF, EARLY, [{ id: 'x', reason: 'bad' }]);
    await recordSuccess(store, HF, LATE, []);
    expect((await sourceHealth(store, HF)).skipped).toEqual([]);
  });
});

describe('saveList', () => {
  const list = { source: HF, date: '2026-08-20', skipped: [], fetchedAt: LATE, keptAt: LATE };

  it('keeps papers, list and success together', async () => {
    await saveList(store, { ...list, papers: aList('2026-08-20') });
    expect(await countPapers(store)).toBe(5);
    expect(await listsOf(store, HF, list.date, list.date)).toMatchObject([{ paperCount: 5 }]);
    expect((await sourceHealth(store, HF)).succeededAt).toBe(LATE);
  });

  it('keeps nothing when a part fails', async () => {
    const [paper] = aList('2026-08-20');
    const papers = [...aList('2026-08-20', 10), { ...paper!, comments: 0.5 }];
    await expect(saveList(store, { ...list, papers })).rejects.toThrow();
    expect(await countPapers(store)).toBe(0);
    expect(await newestList(store)).toBeUndefined();
    expect(await sourceHealth(store, HF)).toEqual({ skipped: [] });
  });
});
