import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchRange, type FetchProgress } from '../../../src/core/archive/fetch-range.ts';
import { countPapers } from '../../../src/core/store/papers.ts';
import { listsOf } from '../../../src/core/store/sources.ts';
import { dailyItems, startSetting, type Setting } from './setting.ts';

const DAYS = ['2026-08-17', '2026-08-18', '2026-08-19', '2026-08-20'];

let setting: Setting;
let waits: number[];
beforeEach(async () => {
  waits = [];
  setting = await startSetting('2026-08-21T09:00:00Z');
  for (const day of DAYS) setting.server.lists.set(day, dailyItems(day, 2));
});
afterEach(() => setting.close());

async function fetchAll(signal?: AbortSignal): Promise<string[]> {
  const told: FetchProgress[] = [];
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const options = { ...setting.options, sleep };
  await fetchRange(options, '2026-08-15', '2026-08-20', (step) => told.push(step), signal);
  return told.map(({ done, total, date, kind }) => `${done}/${total} ${date} ${kind}`);
}

describe('a range', () => {
  it('is read newest first, and told of list by list, quiet days among them', async () => {
    expect(await fetchAll()).toEqual([
      '1/6 2026-08-20 fetched',
      '2/6 2026-08-19 fetched',
      '3/6 2026-08-18 fetched',
      '4/6 2026-08-17 fetched',
      '5/6 2026-08-16 quiet',
      '6/6 2026-08-15 quiet',
    ]);
    expect(await countPapers(setting.store)).toBe(8);
  });

  it('goes on where it stopped', async () => {
    const stop = new AbortController();
    let count = 0;
    const stopped = fetchRange(
      setting.options,
      '2026-08-17',
      '2026-08-20',
      () => {
        count += 1;
        if (count === 2) stop.abort(new Error('enough'));
      },
      stop.signal,
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(setting.asked()).toEqual(['2026-08-20', '2026-08-19']);
    await fetchAll();
    expect(setting.asked()).toEqual(['2026-08-18', '2026-08-17']);
    expect(await fetchAll()).toContain('1/6 2026-08-20 complete');
    expect(setting.asked()).toEqual([]);
    expect(await countPapers(setting.store)).toBe(8);
  });

  it('tells of a failing list, goes on, and asks only for that one the next time', async () => {
    setting.server.fail({ kind: 'status', status: 500 });
    expect((await fetchAll()).slice(0, 2)).toEqual([
      '1/6 2026-08-20 failed',
      '2/6 2026-08-19 fetched',
    ]);
    setting.asked();
    await fetchAll();
    expect(setting.asked()).toEqual(['2026-08-20']);
  });

  it('asks again for a list that was open, or empty, when it was read', async () => {
    setting.setTime('2026-08-20T12:00:00Z');
    setting.server.lists.set('2026-08-18', []);
    await fetchAll();
    setting.asked();
    setting.setTime('2026-08-21T09:00:00Z');
    setting.server.lists.set('2026-08-18', dailyItems('2026-08-18', 2));
    await fetchAll();
    expect(setting.asked()).toEqual(['2026-08-20', '2026-08-18']);
    expect(await listsOf(setting.store, 'hugging-face', DAYS[0]!, DAYS[3]!)).toHaveLength(4);
  });

  it('keeps the wait that a source asks for, says so, and asks once more', async () => {
    setting.server.fail({ kind: 'rate-limit', reset: 240 });
    expect((await fetchAll()).slice(0, 3)).toEqual([
      '0/6 2026-08-20 failed',
      '1/6 2026-08-20 fetched',
      '2/6 2026-08-19 fetched',
    ]);
    expect(waits).toEqual([240_000]);
  });

  it('does not sit out a wait of hours', async () => {
    setting.server.fail({ kind: 'rate-limit', retryAfter: '7200' });
    expect((await fetchAll())[0]).toBe('1/6 2026-08-20 failed');
    expect(waits).toEqual([]);
  });

  it('waits no longer than until it is told to stop', async () => {
    const stop = new AbortController();
    setting.server.fail({ kind: 'rate-limit', reset: 240 });
    const pending = fetchRange(
      setting.options,
      '2026-08-20',
      '2026-08-20',
      () => {
        setTimeout(() => {
          stop.abort(new Error('enough'));
        }, 10);
      },
      stop.signal,
    );
    await expect(pending).rejects.toThrow('enough');
  });
});
