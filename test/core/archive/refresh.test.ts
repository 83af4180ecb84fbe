import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceHealth } from '../../../src/core/store/sources.ts';
import { dailyItems, startSetting, type Setting } from './setting.ts';

const LISTS = ['08-12', '08-13', '08-14', '08-17', '08-18', '08-19', '08-20', '08-21'];

let setting: Setting;
beforeEach(async () => {
  setting = await startSetting('2026-08-21T09:00:00Z');
  for (const day of LISTS) setting.server.lists.set(`2026-${day}`, dailyItems(`2026-${day}`, 2));
});
afterEach(() => setting.close());

describe('refresh', () => {
  it('reads every list of the last days, newest first, then nothing until one is due', async () => {
    await setting.archive.refresh();
    expect(setting.asked()).toEqual([
      '2026-08-21',
      '2026-08-20',
      '2026-08-19',
      '2026-08-18',
      '2026-08-17',
      '2026-08-14',
      '2026-08-13',
    ]);
    setting.setTime('2026-08-21T09:29:00Z');
    await setting.archive.refresh();
    expect(setting.asked()).toEqual([]);
    setting.setTime('2026-08-21T09:30:00Z');
    await setting.archive.refresh();
    expect(setting.asked()).toEqual(['2026-08-21']);
  });

  it('reads the closed list, and those a day, two, three and seven old, on the next morning', async () => {
    await setting.archive.refresh();
    setting.asked();
    setting.setTime('2026-08-22T09:00:00Z');
    await setting.archive.refresh();
    expect(setting.asked()).toEqual([
      '2026-08-21',
      '2026-08-20',
      '2026-08-19',
      '2026-08-18',
      '2026-08-14',
    ]);
  });

  it('reads the newest closed list, however old, after a long sleep', async () => {
    setting.setTime('2026-08-23T12:00:00Z');
    await setting.archive.refresh();
    expect(setting.asked()).toContain('2026-08-21');
  });

  it('leaves a source that failed twice in peace for ten minutes', async () => {
    setting.server.fail({ kind: 'status', status: 503 }, 2);
    await setting.archive.refresh();
    expect(setting.asked()).toEqual(['2026-08-21', '2026-08-20']);
    setting.setTime('2026-08-21T09:09:59Z');
    await setting.archive.refresh();
    expect(setting.asked()).toEqual([]);
    setting.setTime('2026-08-21T09:10:00Z');
    await setting.archive.refresh();
    expect(setting.asked()).toHaveLength(7);
  });

  it('goes on after a single failing list', async () => {
    setting.server.fail({ kind: 'status', status: 503 });
    await setting.archive.refresh();
    expect(setting.asked()).toHaveLength(7);
  });

  it('resolves when it is stopped, and goes on the next time', async () => {
    setting.server.fail({ kind: 'hang' });
    await setting.archive.refresh(AbortSignal.timeout(50));
    expect(await sourceHealth(setting.store, 'hugging-face')).toMatchObject({
      failure: 'It did not answer in time.',
    });
    setting.setTime('2026-08-21T09:10:00Z');
    setting.asked();
    await setting.archive.refresh();
    expect(setting.asked()).toHaveLength(7);
  });

  it('blames nobody when the program stops', async () => {
    setting.server.fail({ kind: 'hang' });
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 50);
    await setting.archive.refresh(stop.signal);
    expect(await sourceHealth(setting.store, 'hugging-face')).toEqual({ skipped: [] });
  });
});
