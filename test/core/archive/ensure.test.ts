import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dailyItems, startSetting, type Setting } from './setting.ts';

let setting: Setting;
beforeEach(async () => {
  setting = await startSetting('2026-08-21T09:00:00Z');
  setting.server.lists.set('2026-08-20', dailyItems('2026-08-20', 2));
});
afterEach(() => setting.close());

describe('ensure', () => {
  it('reads a list that is not here, and leaves it alone while it is fresh', async () => {
    expect(await setting.archive.ensure('2026-08-20')).toMatchObject([
      { kind: 'fetched', papers: 2 },
    ]);
    expect(await setting.archive.ensure('2026-08-20')).toMatchObject([
      { kind: 'complete', papers: 2 },
    ]);
    expect(setting.asked()).toEqual(['2026-08-20']);
  });

  it('reads it again when its votes have grown', async () => {
    await setting.archive.ensure('2026-08-20');
    setting.setTime('2026-08-22T09:00:00Z');
    expect(await setting.archive.ensure('2026-08-20')).toMatchObject([{ kind: 'fetched' }]);
  });

  it('says why there is none', async () => {
    expect(await setting.archive.ensure('2026-08-22')).toMatchObject([{ kind: 'quiet' }]);
    setting.server.fail({ kind: 'status', status: 500 });
    expect(await setting.archive.ensure('2026-08-19')).toMatchObject([{ kind: 'failed' }]);
  });
});
