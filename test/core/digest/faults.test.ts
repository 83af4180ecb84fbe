import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDeliverer } from '../../../src/core/digest/deliver.ts';
import { StoreError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { releaseClaims } from '../../../src/core/store/claims.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import { createMarkFile } from '../../../src/core/store/mark-file.ts';
import { closeStore, openStore, type Store } from '../../../src/core/store/open.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { noDisk, withSmallDisk } from '../store/small-disk.ts';

const NOW = new Date('2026-08-22T09:00:00Z');

let folder: string;
let platform: FakePlatform;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  platform = createFakePlatform();
  await platform.start(createRecordingInbox(), []);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function plan(store: Store): Promise<void> {
  const pages = ['overview', 'first'].map((summary, position) => ({
    message: { summary, blocks: [] },
    papers: [],
    inThread: position > 0,
  }));
  const { channel } = platform;
  const wish = { channel, localDate: '2026-08-22', listDate: undefined, pages };
  await writeDigest(store, wish, NOW.toISOString());
}

function delivererOf(store: Store) {
  const options = { platforms: [platform], clock: () => NOW, log: silentLog, patienceMs: 0 };
  return createDeliverer({ ...options, store });
}

/** Takes all space that the disk has left. */
function fill(ballast: string): void {
  expect(() => {
    for (;;) appendFileSync(ballast, Buffer.alloc(1024));
  }).toThrow('ENOSPC');
}

function posted(): string[] {
  return platform.messages.map(({ message }) => message.summary);
}

it('1: posts what another process planned before it was killed', async () => {
  const path = join(folder, 'paperboy.db');
  const planner = openStore(path);
  await plan(planner);
  const store = openStore(path);
  await delivererOf(store).deliver();
  expect(posted()).toEqual(['overview', 'first']);
  for (const each of [planner, store]) await closeStore(each);
});

it.skipIf(noDisk !== '')(
  '36: posts nothing that it could not note on a full disk, and all of it with space',
  async () => {
    await withSmallDisk(folder, '4m', async (disk) => {
      const store = openStore(join(disk, 'paperboy.db'));
      await plan(store);
      const ballast = join(disk, 'ballast');
      fill(ballast);
      await expect(delivererOf(store).deliver()).rejects.toThrow(StoreError);
      expect(platform.posts).toEqual([]);
      rmSync(ballast);
      await delivererOf(store).deliver();
      expect(posted()).toEqual(['overview', 'first']);
      await closeStore(store);
    });
  },
);

it.skipIf(noDisk !== '')(
  '36: looks for what was taken while the disk filled up, and posts nothing twice',
  async () => {
    await withSmallDisk(folder, '4m', async (disk) => {
      const store = openStore(join(disk, 'paperboy.db'));
      await plan(store);
      const ballast = join(disk, 'ballast');
      const held = platform.holdNext();
      const delivering = delivererOf(store).deliver();
      await held.reached;
      fill(ballast);
      held.release();
      await expect(delivering).rejects.toThrow(StoreError);
      expect(posted()).toEqual(['overview']);
      rmSync(ballast);
      await releaseClaims(store);
      await delivererOf(store).deliver();
      expect(posted()).toEqual(['overview', 'first']);
      expect(platform.posts.map(({ attemptedAt }) => attemptedAt)).toEqual([
        undefined,
        NOW,
        undefined,
      ]);
      await closeStore(store);
    });
  },
);

it.skipIf(noDisk !== '')(
  '36: posts nothing whose mark could not be kept beside the database',
  async () => {
    await withSmallDisk(folder, '64k', async (disk) => {
      const path = join(disk, 'beside.db');
      const store = openStore(join(folder, 'paperboy.db'));
      await plan(store);
      const ballast = join(disk, 'ballast');
      fill(ballast);
      const parts = { platforms: [platform], clock: () => NOW, log: silentLog, patienceMs: 0 };
      const deliverer = createDeliverer({ ...parts, store, beside: createMarkFile(path) });
      await expect(deliverer.deliver()).rejects.toThrow('ENOSPC');
      expect(platform.posts).toEqual([]);
      rmSync(ballast);
      await releaseClaims(store);
      await deliverer.deliver();
      expect(posted()).toEqual(['overview', 'first']);
      await closeStore(store);
    });
  },
);
