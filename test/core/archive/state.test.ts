import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATIENCE_MS, stateOf, type StateFacts } from '../../../src/core/archive/state.ts';
import { arxivDay } from '../../../src/core/sources/arxiv/calendar.ts';
import { huggingFaceDay } from '../../../src/core/sources/hugging-face/calendar.ts';
import { dailyItems, startSetting, type Setting } from './setting.ts';

const huggingFace = { id: 'hugging-face', name: 'Hugging Face', day: huggingFaceDay };
const arxiv = { id: 'arxiv', name: 'arXiv', day: arxivDay };

function list(listDate: string, fetchedAt: string, paperCount = 15) {
  return { listDate, fetchedAt: new Date(fetchedAt).toISOString(), paperCount };
}

function at(now: string, facts: Partial<StateFacts> = {}) {
  const { records = [], source = huggingFace } = facts;
  const read = records.map(({ fetchedAt }) => fetchedAt).sort();
  const succeededAt = read.at(-1);
  const health = {
    skipped: [],
    ...(succeededAt !== undefined && { succeededAt }),
    ...facts.health,
  };
  return stateOf({ source, records, health, now: new Date(now) });
}

describe('a source is fresh', () => {
  it('when its newest closed list was read after the close, and the next one is open', () => {
    const records = [
      list('2026-08-20', '2026-08-21T01:45:00Z'),
      list('2026-08-21', '2026-08-21T09:00:00Z', 6),
    ];
    expect(at('2026-08-21T09:10:00Z', { records })).toEqual({
      source: 'hugging-face',
      name: 'Hugging Face',
      kind: 'fresh',
      detail:
        'The list of Thursday 20 August is complete (15 papers). ' +
        'The next one is due Saturday 01:30 UTC and holds 6 papers so far.',
      nextExpectedAt: '2026-08-22T01:30:00.000Z',
      skipped: [],
    });
  });

  it('when an older failure is mended', () => {
    const records = [list('2026-08-20', '2026-08-21T02:45:00Z', 1)];
    const health = {
      skipped: [],
      succeededAt: '2026-08-21T02:45:00.000Z',
      failedAt: '2026-08-21T01:45:00.000Z',
    };
    expect(at('2026-08-21T09:10:00Z', { records, health })).toMatchObject({
      kind: 'fresh',
      detail: expect.stringContaining('(1 paper)') as string,
    });
  });
});

describe('a source is waiting', () => {
  it('before anything was fetched', () => {
    expect(at('2026-08-21T09:10:00Z')).toMatchObject({
      kind: 'waiting',
      detail: expect.stringMatching(
        /^Nothing has been fetched from it yet\. The list of Thursday 20 August has been there since Friday 01:30 UTC\./,
      ) as string,
    });
  });

  it('when nobody has read the list since it closed', () => {
    const records = [list('2026-08-20', '2026-08-20T20:00:00Z', 9)];
    expect(at('2026-08-21T09:10:00Z', { records })).toMatchObject({
      kind: 'waiting',
      detail: expect.stringContaining(
        'closed Friday 01:30 UTC and has not been fetched since; before, it held 9 papers.',
      ) as string,
    });
  });

  it('when only other lists were fetched since', () => {
    const health = { skipped: [], succeededAt: '2026-11-25T12:00:00.000Z' };
    expect(at('2026-11-25T12:05:00Z', { health })).toMatchObject({
      kind: 'waiting',
      detail: expect.stringContaining(
        'The list of Tuesday 24 November closed Wednesday 02:30 UTC and has not been fetched since.',
      ) as string,
    });
  });

  it('for some hours when the list is empty after its close', () => {
    const records = [list('2026-08-20', '2026-08-21T01:45:00Z', 0)];
    expect(at('2026-08-21T07:29:59Z', { records })).toMatchObject({
      kind: 'waiting',
      detail: expect.stringContaining('was due Friday 01:30 UTC and is not there yet.') as string,
    });
  });
});

describe('a source is quiet', () => {
  it('over the weekend, and says when the next list comes', () => {
    const records = [list('2026-08-21', '2026-08-22T01:45:00Z', 17)];
    expect(at('2026-08-22T12:00:00Z', { records })).toMatchObject({
      kind: 'quiet',
      detail:
        'Quiet for the weekend: the list of Friday 21 August is complete (17 papers). ' +
        'The next one is due Tuesday 01:30 UTC.',
      nextExpectedAt: '2026-08-25T01:30:00.000Z',
    });
  });

  it('on a holiday of its own', () => {
    const records = [list('2026-11-26', '2026-11-26T12:00:00Z', 300)];
    expect(at('2026-11-27T12:00:00Z', { records, source: arxiv })).toMatchObject({
      kind: 'quiet',
      detail: expect.stringMatching(
        /^Quiet for a holiday: the list of Thursday 26 November/,
      ) as string,
      nextExpectedAt: '2026-11-30T11:00:00.000Z',
    });
  });

  it('no longer once Monday’s list has opened', () => {
    const records = [list('2026-08-21', '2026-08-22T01:45:00Z', 17)];
    expect(at('2026-08-24T01:29:59Z', { records }).kind).toBe('quiet');
    expect(at('2026-08-24T01:30:00Z', { records }).kind).toBe('fresh');
  });
});

describe('a source is stalled', () => {
  it('when its list is still empty hours after the close', () => {
    const records = [list('2026-08-20', '2026-08-21T07:00:00Z', 0)];
    const late = new Date(Date.parse('2026-08-21T01:30:00Z') + PATIENCE_MS).toISOString();
    expect(at(late, { records })).toMatchObject({
      kind: 'stalled',
      detail: expect.stringMatching(
        /was due Friday 01:30 UTC and is still missing: the source is late/,
      ) as string,
    });
  });
});

describe('a source has failed', () => {
  it('when its last attempt did, whatever is in the archive', () => {
    const records = [list('2026-08-20', '2026-08-21T01:45:00Z')];
    const health = {
      skipped: [],
      succeededAt: '2026-08-21T01:45:00.000Z',
      failedAt: '2026-08-21T09:00:00.000Z',
      failure: 'huggingface.co/api/daily_papers answered 503',
    };
    expect(at('2026-08-21T09:10:00Z', { records, health })).toMatchObject({
      kind: 'failed',
      detail:
        'The last attempt, Friday 09:00 UTC, failed: huggingface.co/api/daily_papers answered 503. ' +
        'It last answered Friday 01:45 UTC. The next one is due Saturday 01:30 UTC.',
    });
  });

  it('when it has never answered', () => {
    const health = {
      skipped: [],
      failedAt: '2026-08-21T09:00:00.000Z',
      failure: 'no answer within 15 s',
    };
    expect(at('2026-08-21T09:10:00Z', { health })).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('It has never answered.') as string,
    });
  });
});

describe('over a day of real fetching', () => {
  let setting: Setting;
  beforeEach(async () => {
    setting = await startSetting('2026-08-21T01:00:00Z');
  });
  afterEach(() => setting.close());

  const kind = async () => (await setting.archive.states())[0]?.kind;

  it('the state follows what the source does', async () => {
    const { server, archive } = setting;
    const setTime = (time: string) => {
      setting.setTime(time);
    };
    expect(await kind()).toBe('waiting');
    server.lists.set('2026-08-19', dailyItems('2026-08-19', 3));
    await archive.refresh();
    expect(await kind()).toBe('fresh');
    setTime('2026-08-21T02:00:00Z');
    await archive.refresh();
    expect(await kind()).toBe('waiting');
    setTime('2026-08-21T08:00:00Z');
    await archive.refresh();
    expect(await kind()).toBe('stalled');
    server.lists.set('2026-08-20', [{ paper: { id: 'broken' } }, ...dailyItems('2026-08-20', 4)]);
    setTime('2026-08-21T08:30:00Z');
    await archive.fetchList('2026-08-20');
    expect(await archive.states()).toMatchObject([{ kind: 'fresh', skipped: [{ id: 'broken' }] }]);
    server.fail({ kind: 'status', status: 503 }, 99);
    setTime('2026-08-21T12:00:00Z');
    await archive.refresh();
    expect(await kind()).toBe('failed');
  });
});
