import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDisk, freeDisk } from '../../soak/disk.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeStore, openStore, type Store } from '../../../src/core/store/open.ts';
import { noDisk, withSmallDisk } from './small-disk.ts';
import { takeWorkerLock } from '../../../src/core/store/worker-lock.ts';

const worker = { pid: 4711, host: 'lab-server', since: '2026-11-25T09:00:00.000Z' };

let folder: string;
let path: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
  store = openStore(path);
});

afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

describe('the worker’s lock', () => {
  it('38: is had by one at a time, and a second is told who has it', async () => {
    const lock = await takeWorkerLock(store, path, worker);
    await expect(takeWorkerLock(store, path, { ...worker, pid: 4712 })).rejects.toThrow(
      /process 4711 on lab-server, since 2026-11-25T09:00:00.000Z.*Stop it first/,
    );
    lock.release();
    (await takeWorkerLock(store, path, worker)).release();
  });

  it('38: goes with its process, killed however it may be', async () => {
    const code = `const SQLite = require('better-sqlite3'); const file = new SQLite(process.argv[1]);
      file.pragma('locking_mode = EXCLUSIVE'); file.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1e6);`;
    const other = spawn(process.execPath, ['-e', code, `${path}.lock`]);
    await once(other.stdout, 'data');
    await expect(takeWorkerLock(store, path, worker)).rejects.toThrow(/Another Paperboy/);
    other.kill('SIGKILL');
    await once(other, 'exit');
    (await takeWorkerLock(store, path, worker)).release();
  });

  it.skipIf(noDisk !== '')(`36: blames nobody for a disk that is full${noDisk}`, async () => {
    await withSmallDisk(folder, '1m', async (disk) => {
      const full = join(disk, 'paperboy.db');
      const other = openStore(full);
      fillDisk(disk);
      const taking = takeWorkerLock(other, full, worker);
      await expect(taking).rejects.toThrow(/paperboy.db.lock can’t grow: the disk is full/);
      freeDisk(disk);
      (await takeWorkerLock(other, full, worker)).release();
      await closeStore(other);
    });
  });

  it.each(['in the same folder', 'to its folder'])(
    '38: is one through a link %s',
    async (where) => {
      const lock = await takeWorkerLock(store, path, worker);
      const link = join(folder, 'link');
      const isFile = where === 'in the same folder';
      symlinkSync(isFile ? path : folder, link);
      const other = openStore(isFile ? link : join(link, 'paperboy.db'));
      const taking = takeWorkerLock(other, isFile ? link : join(link, 'paperboy.db'), worker);
      await expect(taking).rejects.toThrow(/Another Paperboy/);
      await closeStore(other);
      lock.release();
    },
  );

  it('keeps nobody from reading or writing the database', async () => {
    const lock = await takeWorkerLock(store, path, worker);
    const second = openStore(path);
    await second.deleteFrom('bookmarks').execute();
    await closeStore(second);
    lock.release();
  });

  it('is a matter of one process for a database in memory', async () => {
    (await takeWorkerLock(store, ':memory:', worker)).release();
  });
});
