import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArchive } from '../../../src/core/archive/index.ts';
import { fetchOne } from '../../../src/core/archive/fetch-list.ts';
import { SourceError } from '../../../src/core/errors.ts';
import type { PaperSource } from '../../../src/core/sources/source.ts';
import { countPapers, papersOfLists } from '../../../src/core/store/papers.ts';
import { listsOf, sourceHealth } from '../../../src/core/store/sources.ts';
import { dailyItems, startSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeEach(async () => {
  setting = await startSetting('2026-08-21T09:00:00.000Z');
});
afterEach(() => setting.close());

const source = (): PaperSource => setting.options.sources[0]!;
const fetchList = (date: string, signal?: AbortSignal) =>
  fetchOne(setting.options, source(), date, signal);

describe('one list', () => {
  it('is kept with its papers, its votes, its bad items and the time of the request', async () => {
    setting.server.lists.set('2026-08-20', [
      ...dailyItems('2026-08-20', 3),
      { paper: { id: 'x' } },
    ]);
    const skipped = [{ id: 'x', reason: expect.stringContaining('paper.') as string }];
    expect(await fetchList('2026-08-20')).toEqual({
      kind: 'fetched',
      date: '2026-08-20',
      source: 'hugging-face',
      papers: 3,
      skipped,
    });
    const { store } = setting;
    expect(await countPapers(store)).toBe(3);
    expect(await listsOf(store, 'hugging-face', '2026-08-20', '2026-08-20')).toEqual([
      { listDate: '2026-08-20', fetchedAt: '2026-08-21T09:00:00.000Z', paperCount: 3 },
    ]);
    const votes = await store.selectFrom('vote_readings').selectAll().execute();
    expect(votes.map(({ upvotes }) => upvotes).sort()).toEqual([1, 2, 3]);
    expect(await sourceHealth(store, 'hugging-face')).toEqual({
      skipped,
      succeededAt: '2026-08-21T09:00:00.000Z',
    });
  });

  it('counts as late for a digest that was made while it was on its way', async () => {
    setting.server.lists.set('2026-08-20', dailyItems('2026-08-20', 1));
    const times = ['2026-08-21T09:00:00.000Z', '2026-08-21T09:00:05.000Z'];
    const clock = () => new Date(times.shift() ?? '');
    await fetchOne({ ...setting.options, clock }, source(), '2026-08-20');
    const [paper] = await papersOfLists(setting.store, ['2026-08-20']);
    expect(paper?.listedAt).toBe('2026-08-21T09:00:05.000Z');
  });

  it('is not asked for on a quiet day, nor before it opens', async () => {
    expect(await fetchList('2026-08-22')).toMatchObject({ kind: 'quiet', papers: 0 });
    expect(await fetchList('2026-08-24')).toMatchObject({ kind: 'early', papers: 0 });
    expect(setting.asked()).toEqual([]);
  });

  it.each([
    [{ kind: 'status', status: 503 } as const, 'answered 503'],
    [{ kind: 'reset' } as const, 'the connection failed'],
    [{ kind: 'html' } as const, 'text/html instead of JSON'],
    [{ kind: 'truncated' } as const, 'broken JSON'],
    [{ kind: 'huge' } as const, 'sent more than'],
    [{ kind: 'redirect', location: 'https://elsewhere.example/' } as const, 'is not followed'],
  ])('that fails with %j changes nothing but the source’s health', async (fault, said) => {
    setting.server.lists.set('2026-08-20', dailyItems('2026-08-20', 3));
    await fetchList('2026-08-20');
    setting.server.fail(fault);
    const outcome = await fetchList('2026-08-20');
    expect(outcome).toMatchObject({ kind: 'failed', papers: 0 });
    expect(outcome.error).toContain(said);
    expect(await countPapers(setting.store)).toBe(3);
    const health = await sourceHealth(setting.store, 'hugging-face');
    expect(health).toMatchObject({
      succeededAt: '2026-08-21T09:00:00.000Z',
      failure: outcome.error,
    });
  });

  it('that is late is no failure of its source, and forgets nothing that was read before', async () => {
    const late = {
      ...source(),
      fetch: () => Promise.reject(new SourceError('late', 'arXiv still holds the batch before')),
    };
    expect(await fetchOne(setting.options, late, '2026-08-20')).toMatchObject({
      kind: 'late',
      error: 'arXiv still holds the batch before',
    });
    const { store } = setting;
    const at = '2026-08-21T09:00:00.000Z';
    expect(await sourceHealth(store, 'hugging-face')).toEqual({ skipped: [], succeededAt: at });
    const read = () => listsOf(store, 'hugging-face', '2026-08-20', '2026-08-20');
    expect(await read()).toEqual([{ listDate: '2026-08-20', fetchedAt: at, paperCount: 0 }]);
    setting.server.lists.set('2026-08-20', dailyItems('2026-08-20', 3));
    await fetchList('2026-08-20');
    await fetchOne(setting.options, late, '2026-08-20');
    expect(await read()).toMatchObject([{ paperCount: 3 }]);
  });

  it('is awaited for six hours where it is late, and then overdue', async () => {
    const late = {
      ...source(),
      fetch: () => Promise.reject(new SourceError('late', 'not there yet')),
    };
    const archive = createArchive({ ...setting.options, sources: [late] });
    setting.setTime('2026-08-21T02:00:00Z');
    await archive.refresh();
    expect(await archive.states()).toMatchObject([{ kind: 'waiting', missing: '2026-08-20' }]);
    setting.setTime('2026-08-21T08:00:00Z');
    await archive.refresh();
    expect(await archive.states()).toMatchObject([{ kind: 'stalled', missing: '2026-08-20' }]);
  });

  it('passes on the wait that a source asks for', async () => {
    setting.server.fail({ kind: 'rate-limit', reset: 150 });
    expect(await fetchList('2026-08-20')).toMatchObject({ kind: 'failed', retryAfterMs: 150_000 });
  });

  it('does not blame the source when it is told to stop', async () => {
    const stop = new AbortController();
    setting.server.fail({ kind: 'hang' });
    const pending = fetchList('2026-08-20', stop.signal);
    setTimeout(() => {
      stop.abort(new Error('stopping'));
    }, 50);
    await expect(pending).rejects.toThrow('stopping');
    await expect(fetchList('2026-08-20', stop.signal)).rejects.toThrow('stopping');
    expect(await sourceHealth(setting.store, 'hugging-face')).toEqual({ skipped: [] });
  });

  it('hides a bug in a source from readers', async () => {
    const broken = { ...source(), fetch: () => Promise.reject(new TypeError('x is undefined')) };
    const outcome = await fetchOne(setting.options, broken, '2026-08-20');
    expect(outcome.error).toBe('Paperboy could not make sense of its answer; the log says more.');
  });
});
