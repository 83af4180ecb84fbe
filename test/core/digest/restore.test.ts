import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../../src/core/archive/index.ts';
import { createDeliverer } from '../../../src/core/digest/deliver.ts';
import { noticeRestore } from '../../../src/core/digest/restore.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { planDue } from '../../../src/core/schedule/plan.ts';
import { releaseClaims } from '../../../src/core/store/claims.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { dropHeld, releaseHeld } from '../../../src/core/store/held-pages.ts';
import { createMarkFile } from '../../../src/core/store/mark-file.ts';
import { readMark } from '../../../src/core/store/outbox-mark.ts';
import { closeStore, openStore, type Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { putSubscription } from '../../../src/core/store/subscriptions.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { createLog, createSubscription, type LogLine } from '../commands/services.ts';
import { aList } from '../store-fixtures.ts';

const settings = { weights: {}, profile: { topics: [], muted: [], follows: [] } };
const DAYS = [1, 2, 3, 4, 5, 6, 7];

let folder: string;
let path: string;
let store: Store;
let platform: FakePlatform;
let now: Date;
let lines: LogLine[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
  store = openStore(path);
  lines = [];
  now = new Date('2026-08-21T08:00:00Z');
  platform = await aService();
  await savePapers(store, aList('2026-08-20'), '2026-08-21T02:00:00.000Z');
  const wish = { at: '09:00', timezone: 'UTC', days: DAYS, count: 2, topics: [] };
  const { channel, reader } = platform;
  const nextDue = new Date('2026-08-21T09:00:00Z');
  const subscription = createSubscription({ ...wish, channel, reader, nextDue });
  await putSubscription(store, subscription, now.toISOString());
});

afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

/** A service that has forgotten every key, as all have after a while. */
async function aService(): Promise<FakePlatform> {
  const service = createFakePlatform();
  await service.start(createRecordingInbox(), []);
  return service;
}

const unused = () => Promise.reject(new Error('not needed here'));

const archive: Archive = {
  refresh: unused,
  fetchList: unused,
  fetchRange: unused,
  ensure: unused,
  states: () => Promise.resolve([]),
  newestClosed: (at = now) => new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10),
  newestOpened: () => now.toISOString().slice(0, 10),
};

function parts() {
  const beside = createMarkFile(path);
  const log = createLog(lines);
  return { store, archive, settings, beside, log, clock: () => now, patienceMs: 0 };
}

/** What a process does when it starts, and at its first tick. */
async function run(time: string): Promise<void> {
  now = new Date(time);
  await noticeRestore(parts());
  await releaseClaims(store);
  await tick(time);
}

async function tick(time: string): Promise<void> {
  now = new Date(time);
  await planDue(parts());
  await createDeliverer({ ...parts(), platforms: [platform] }).deliver();
}

async function backUp(): Promise<string> {
  const copy = join(folder, 'backup.db');
  rmSync(copy, { force: true });
  await sql`VACUUM INTO ${sql.lit(copy)}`.execute(store);
  return copy;
}

/** Puts the backup in place of the database, and meets a service that knows no key any more. */
async function restore(copy: string): Promise<void> {
  await closeStore(store);
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  copyFileSync(copy, path);
  store = openStore(path);
  platform = await aService();
}

function release() {
  return releaseHeld(store, platform.channel, now.toISOString());
}

/** A backup that is restored on two days, so that the digests of both are held. */
async function holdTwo(): Promise<void> {
  for (const day of ['2026-08-21', '2026-08-22']) {
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    const copy = await backUp();
    await run(`${day}T09:00:00Z`);
    await restore(copy);
    await run(`${day}T09:30:00Z`);
  }
}

const titles = () => platform.messages.map(({ message }) => message.summary);

describe('a restored backup (fault 37)', () => {
  it('holds the digest of a slot that the backup doesn’t know to be posted, and says so', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    expect(titles()).toHaveLength(3);
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    expect(platform.posts).toEqual([]);
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
      { localDate: '2026-08-21', sent: 0, planned: 3, held: 3 },
    ]);
    const told = lines.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(told).toEqual([expect.stringMatching(/^page the operator: .*restored.*post held/)]);
  });

  it('posts later none of the papers that were posted after the backup', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await tick('2026-08-22T09:00:00Z');
    expect(titles().join()).not.toContain('2026-08-20');
    expect(titles()).toHaveLength(3);
  });

  it('posts the slots that came after the database that it replaces had stopped', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await run('2026-08-22T09:30:00Z');
    await tick('2026-08-22T09:31:00Z');
    expect(titles()).toHaveLength(3);
    expect(titles().join()).not.toContain('2026-08-20');
    expect(await latestDigests(store, platform.channel, 2)).toMatchObject([
      { localDate: '2026-08-22', sent: 3 },
      { localDate: '2026-08-21', held: 3 },
    ]);
  });

  it('looks for the pages that it believes open before it posts them', async () => {
    now = new Date('2026-08-21T09:00:00Z');
    await planDue(parts());
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    platform.failNext(new DeliveryError('held', 'That can’t be checked.'));
    await run('2026-08-21T09:59:00Z');
    expect(platform.posts.map(({ attemptedAt }) => attemptedAt)).toEqual([
      new Date('2026-08-21T09:00:00Z'),
    ]);
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
      { held: 3, problem: 'That can’t be checked.' },
    ]);
  });

  it('posts what is held once somebody says that it isn’t there', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    expect(await release()).toEqual({ localDate: '2026-08-21', pages: 3, left: 0 });
    expect(await release()).toBeUndefined();
    await tick('2026-08-21T10:00:00Z');
    await tick('2026-08-21T10:01:00Z');
    expect(titles()).toHaveLength(3);
  });

  it('posts what is held also when somebody says so days later', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    now = new Date('2026-08-24T11:00:00Z');
    await release();
    await createDeliverer({ ...parts(), platforms: [platform] }).deliver();
    expect(titles()).toHaveLength(3);
  });

  it('posts one held digest at a time, the newest first, and looks for it from before its day', async () => {
    await holdTwo();
    expect(await release()).toEqual({ localDate: '2026-08-22', pages: 3, left: 1 });
    await createDeliverer({ ...parts(), platforms: [platform] }).deliver();
    expect(titles()).toHaveLength(3);
    expect(titles().join()).not.toContain('2026-08-20');
    const { released, attemptedAt } = platform.posts[0] ?? {};
    expect([released, attemptedAt]).toEqual([true, new Date('2026-08-20T10:00:00Z')]);
  });

  it('gives up what is held and stands there, one digest at a time', async () => {
    await holdTwo();
    expect(await dropHeld(store, platform.channel)).toMatchObject({ pages: 3, left: 1 });
    expect(await dropHeld(store, platform.channel)).toMatchObject({ pages: 3, left: 0 });
    expect(await dropHeld(store, platform.channel)).toBeUndefined();
    await createDeliverer({ ...parts(), platforms: [platform] }).deliver();
    expect(platform.posts).toEqual([]);
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
      { sent: 0, problem: 'Whoever manages the channel said that it is not to be posted.' },
    ]);
  });

  it('40: holds nothing that comes after the restore, though a clock had run a year ahead', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    createMarkFile(path).keep({ ...(await readMark(store)), claimedAt: '2027-08-21T09:00:00Z' });
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await tick('2026-08-22T09:00:00Z');
    expect(titles()).toHaveLength(3);
  });

  it('is noticed once: the next start holds nothing more', async () => {
    const copy = await backUp();
    await run('2026-08-21T09:00:00Z');
    await restore(copy);
    await run('2026-08-21T09:59:00Z');
    await run('2026-08-21T10:05:00Z');
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await run('2026-08-22T09:00:00Z');
    expect(titles()).toHaveLength(3);
  });
});

describe('a database that was not restored', () => {
  it('posts after a restart what was not posted before', async () => {
    await run('2026-08-21T09:00:00Z');
    await closeStore(store);
    store = openStore(path);
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await run('2026-08-22T10:00:00Z');
    expect(titles()).toHaveLength(6);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('that is new is not taken for one, whatever stood there before', async () => {
    await run('2026-08-21T09:00:00Z');
    await closeStore(store);
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    store = openStore(path);
    await run('2026-08-21T10:00:00Z');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('but came here without its mark, is taken for one', async () => {
    await run('2026-08-21T09:00:00Z');
    rmSync(`${path}.mark`);
    await savePapers(store, aList('2026-08-21', 11), '2026-08-22T02:00:00.000Z');
    await run('2026-08-22T10:00:00Z');
    expect(titles()).toHaveLength(3);
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([{ held: 3 }]);
  });
});
