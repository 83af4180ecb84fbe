import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/core/errors.ts';
import { closeStore, openStore, type OpenOptions } from '../../../src/core/store/open.ts';
import { countPapers, savePapers } from '../../../src/core/store/papers.ts';
import { aPaper } from '../store-fixtures.ts';
import { noDisk, withSmallDisk } from './small-disk.ts';

const READ_AT = '2026-08-20T08:00:00.000Z';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function failureOf(file: string, options?: OpenOptions): StoreError {
  try {
    openStore(file, options);
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('it opened');
}

/** A paper so big that a few fill a small disk. */
function big(n: number) {
  const abstract = Array.from({ length: 2000 }, (_, word) => `word${n * 7919 + word}`).join(' ');
  return aPaper({ id: `2608.${String(n).padStart(5, '0')}`, abstract });
}

describe('openStore', () => {
  it('makes the folders and the file, and folds its log into the file on closing', async () => {
    const deep = join(folder, 'a', 'b', 'paperboy.db');
    const store = openStore(deep);
    await savePapers(store, [aPaper({ id: '2608.00001' })], READ_AT);
    await closeStore(store);
    expect(existsSync(`${deep}-wal`)).toBe(false);
    expect(statSync(deep).size).toBeGreaterThan(0);
  });

  it('closes a store that no query has used', async () => {
    const store = openStore(path);
    await closeStore(store);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('writes each commit through to the disk, and checks references', async () => {
    const store = openStore(path);
    const pragma = async (name: string) =>
      (await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(store)).rows[0]?.[name];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    await closeStore(store);
  });

  it('refuses a file that is no database, and leaves it alone', () => {
    writeFileSync(path, 'These are my notes, not a database.\n'.repeat(100));
    const before = readFileSync(path);
    expect(failureOf(path).message).toBe(
      `The database ${path} is not an SQLite database. Set PAPERBOY_DATABASE to another file.`,
    );
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses another program’s database, and leaves it alone', () => {
    const other = new SQLite(path);
    other.exec('CREATE TABLE songs (title TEXT)');
    other.close();
    const before = readFileSync(path);
    expect(failureOf(path).message).toContain('belongs to another program');
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a newer Paperboy’s database, and leaves it alone', async () => {
    await closeStore(openStore(path));
    const newer = new SQLite(path);
    newer.pragma('user_version = 99');
    newer.close();
    const before = readFileSync(path);
    expect(failureOf(path).message).toMatch(
      /^The database .* was written by a newer Paperboy \(schema 99; this one knows \d+\)\. Update Paperboy, or set PAPERBOY_DATABASE to another file\.$/,
    );
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a folder, and a path through a file', () => {
    expect(failureOf(folder).message).toContain('is a folder');
    writeFileSync(path, '');
    expect(failureOf(join(path, 'x.db')).message).toContain('a part of its path is a file');
  });

  it('refuses a damaged database', async () => {
    const store = openStore(path);
    await savePapers(store, [1, 2, 3, 4].map(big), READ_AT);
    await closeStore(store);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x5a, 100, 4096));
    expect(failureOf(path).message).toMatch(/is damaged\. Restore a backup/);
  });
});

describe('a read-only database', () => {
  const module = new URL('../../../src/core/store/open.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(
    ({ openStore }) => openStore(process.argv[1]),
  ).then(() => console.log('opened'), (error) => console.log(error.name + ': ' + error.message));`;

  /** Opens as a user whom permissions bind, which they don't root. */
  function openAsSomebody(): string {
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const child = spawnSync(process.execPath, ['--import', 'tsx', '-e', script, path], {
      ...nobody,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    });
    return child.stdout.trim() || child.stderr;
  }

  beforeEach(async () => {
    await closeStore(openStore(path));
  });

  it('is refused when the file may not be written', () => {
    chmodSync(folder, 0o777);
    chmodSync(path, 0o444);
    expect(openAsSomebody()).toBe(
      `StoreError: The database ${path} is read-only. ` +
        'Give this user the right to write the file and its folder.',
    );
  });

  it('is refused when the folder may not be written', () => {
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    expect(openAsSomebody()).toMatch(/^StoreError: .* is read-only\./);
  });

  it('is opened when both may be written', () => {
    chmodSync(path, 0o666);
    chmodSync(folder, 0o777);
    expect(openAsSomebody()).toBe('opened');
  });
});

describe('a database that another process is writing', () => {
  const script = `const database = require('better-sqlite3')(process.argv[1]);
    database.exec(process.argv[2]); console.log('locked'); process.stdin.resume();`;

  async function whileLocked(statement: string, work: () => Promise<void> | void): Promise<void> {
    const child = spawn(process.execPath, ['-e', script, path, statement]);
    try {
      await once(child.stdout, 'data');
      await work();
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  const LOCKED = 'is locked by another process. Stop the other Paperboy, or wait for it to finish.';

  it('is refused when it must be created first', async () => {
    await whileLocked('BEGIN EXCLUSIVE', () => {
      const { message } = failureOf(path, { busyTimeoutMs: 50 });
      expect(message).toBe(`The database ${path} ${LOCKED}`);
    });
    await closeStore(openStore(path));
  });

  it('can be read, and refuses a write with a clear line', async () => {
    await closeStore(openStore(path));
    await whileLocked('BEGIN IMMEDIATE', async () => {
      const store = openStore(path, { busyTimeoutMs: 50 });
      expect(await countPapers(store)).toBe(0);
      const write = savePapers(store, [aPaper({ id: '2608.00001' })], READ_AT);
      await expect(write).rejects.toThrow(StoreError);
      await expect(write).rejects.toThrow(LOCKED);
      await closeStore(store);
    });
    const store = openStore(path);
    await savePapers(store, [aPaper({ id: '2608.00001' })], READ_AT);
    expect(await countPapers(store)).toBe(1);
    await closeStore(store);
  });

  it('is waited for, and everything else goes on meanwhile', async () => {
    const store = openStore(path);
    let turns = 0;
    const clock = setInterval(() => (turns += 1), 5);
    let write: Promise<unknown> | undefined;
    await whileLocked('BEGIN IMMEDIATE', async () => {
      write = savePapers(store, [aPaper({ id: '2608.00001' })], READ_AT);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await write;
    clearInterval(clock);
    expect(turns).toBeGreaterThan(5);
    expect(await countPapers(store)).toBe(1);
    await closeStore(store);
  });

  it('can’t write between the reads and the writes of our transaction', async () => {
    const store = openStore(path);
    const other = openStore(path, { busyTimeoutMs: 0 });
    await store.transaction().execute(async (within) => {
      await countPapers(within);
      await expect(savePapers(other, [aPaper({ id: '2608.00002' })], READ_AT)).rejects.toThrow();
      await savePapers(within, [aPaper({ id: '2608.00001' })], READ_AT);
    });
    expect(await countPapers(other)).toBe(1);
    await closeStore(store);
    await closeStore(other);
  });
});

describe('a full disk', () => {
  const FULL = 'can’t grow: the disk is full. Free some space; nothing was lost.';

  it('36: fails the write with a clear line, keeps what was there, and goes on with space', async () => {
    const store = openStore(path);
    await savePapers(store, [big(1)], READ_AT);
    const pages = await sql<{ page_count: number }>`PRAGMA page_count`.execute(store);
    const limit = (pages.rows[0]?.page_count ?? 0) + 4;
    await sql.raw(`PRAGMA max_page_count = ${limit}`).execute(store);
    const write = savePapers(store, [2, 3, 4, 5, 6].map(big), READ_AT);
    await expect(write).rejects.toThrow(StoreError);
    await expect(write).rejects.toThrow(`The database ${path} ${FULL}`);
    expect(await countPapers(store)).toBe(1);
    await sql.raw('PRAGMA max_page_count = 1000000').execute(store);
    await savePapers(store, [2, 3, 4, 5, 6].map(big), READ_AT);
    expect(await countPapers(store)).toBe(6);
    await closeStore(store);
  });

  it.skipIf(noDisk !== '')(`is told on a real, small one${noDisk}`, async () => {
    await withSmallDisk(folder, '512k', async (disk) => {
      const small = join(disk, 'paperboy.db');
      const store = openStore(small);
      const write = savePapers(store, [1, 2, 3, 4, 5, 6, 7, 8, 9].map(big), READ_AT);
      await expect(write).rejects.toThrow(`The database ${small} ${FULL}`);
      expect(await countPapers(store)).toBe(0);
      await closeStore(store);
      const reopened = openStore(small);
      expect(await countPapers(reopened)).toBe(0);
      await closeStore(reopened);
      for (const file of readdirSync(disk)) rmSync(join(disk, file));
      fill(join(disk, 'ballast'));
      expect(failureOf(small).message).toBe(`The database ${small} ${FULL}`);
    });
  });
});

/** Leaves no room at all. */
function fill(file: string): void {
  expect(() => {
    for (;;) appendFileSync(file, Buffer.alloc(1024));
  }).toThrow('ENOSPC');
}

describe('a folder that can’t be made', () => {
  it.skipIf(process.platform !== 'linux')('is refused at once, also in /proc', () => {
    expect(() => openStore('/proc/paperboy/deep/paperboy.db')).toThrow(
      /\/proc\/paperboy\/deep\/paperboy\.db can’t be made: its folder may not be created there\./,
    );
  });
});
