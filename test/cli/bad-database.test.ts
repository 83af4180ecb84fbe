import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daysBetween } from '../../src/core/archive/days.ts';
import { dailyItems } from '../core/archive/setting.ts';
import { makeReadOnly, noDisk, withSmallDisk } from '../core/store/small-disk.ts';
import { startProgram, type Program } from './program.ts';

const FETCH = ['fetch', '--from', '2026-08-17', '--to', '2026-08-20'];
const LONG_FETCH = ['fetch', '--from', '2026-07-20', '--to', '2026-08-20'];

let program: Program;
beforeEach(async () => {
  program = await startProgram('2026-08-21T12:00:00Z');
  for (const date of daysBetween('2026-07-20', '2026-08-20')) {
    program.huggingFace.lists.set(date, dailyItems(date, 50));
  }
});
afterEach(() => program.close());

function paperCount(database: string): unknown {
  const connection = new SQLite(database, { readonly: true });
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    return connection.prepare('SELECT count(*) FROM papers').pluck().get();
  } finally {
    connection.close();
  }
}

/** Every call says the same one line with status 1, and leaves the file as it is. */
async function expectRefusal(database: string, said: string): Promise<void> {
  const before = existsSync(database) ? readFileSync(database) : undefined;
  for (const args of [['digest'], ['status'], ['search', 'lantern'], ['fetch']]) {
    const { status, stdout, stderr } = await program.run(args, { PAPERBOY_DATABASE: database });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `The database ${database} ${said}\n`,
    });
  }
  expect(existsSync(database) ? readFileSync(database) : undefined).toEqual(before);
  expect(program.huggingFace.requests).toEqual([]);
}

describe('a database that can’t be used', () => {
  it('because it is none', async () => {
    writeFileSync(program.database, 'These are my notes.\n'.repeat(100));
    await expectRefusal(
      program.database,
      'is not an SQLite database. Set PAPERBOY_DATABASE to another file.',
    );
  });

  it('because a newer version wrote it', async () => {
    const newer = new SQLite(program.database);
    newer.exec('CREATE TABLE papers (id TEXT)');
    newer.pragma('user_version = 999');
    newer.close();
    const { stderr } = await program.run(['status']);
    const known = /this one knows (\d+)/.exec(stderr)?.[1] ?? '';
    await expectRefusal(
      program.database,
      `was written by a newer Paperboy (schema 999; this one knows ${known}). ` +
        'Update Paperboy, or set PAPERBOY_DATABASE to another file.',
    );
  });

  it('because it is a folder', async () => {
    const { status, stderr } = await program.run(['fetch'], { PAPERBOY_DATABASE: program.folder });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `The database ${program.folder} is a folder. Set PAPERBOY_DATABASE to a file.\n`,
    );
  });

  it.skipIf(noDisk !== '')(`because its disk is read-only${noDisk}`, async () => {
    await withSmallDisk(program.folder, '4m', async (disk) => {
      const database = join(disk, 'paperboy.db');
      await program.run(['status'], { PAPERBOY_DATABASE: database });
      makeReadOnly(disk);
      await expectRefusal(
        database,
        'is on a read-only disk. Set PAPERBOY_DATABASE to a file that may be written.',
      );
    });
  });
});

describe('a database that another program is writing', () => {
  it('is waited for, and then named; nothing is lost', async () => {
    await program.run(['fetch']);
    const script = `const database = require('better-sqlite3')(process.argv[1]);
      database.exec('BEGIN IMMEDIATE'); console.log('locked'); process.stdin.resume();`;
    const holder = spawn(process.execPath, ['-e', script, program.database]);
    try {
      await once(holder.stdout, 'data');
      const { status, stderr } = await program.run(FETCH);
      expect(status).toBe(1);
      expect(stderr.split('\n').slice(-2)).toEqual([
        `The database ${program.database} is locked by another process. ` +
          'Stop the other Paperboy, or wait for it to finish.',
        '',
      ]);
      expect((await program.run(['status'])).stdout).toContain('The archive holds 50 papers.');
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    expect((await program.run(FETCH)).status).toBe(0);
    expect(paperCount(program.database)).toBe(200);
  });
});

describe('a full disk', () => {
  it.skipIf(noDisk !== '')(
    `stops a fetch in one line, and keeps what was there${noDisk}`,
    async () => {
      await withSmallDisk(program.folder, '700k', async (disk) => {
        const env = { PAPERBOY_DATABASE: join(disk, 'paperboy.db') };
        const { status, stderr } = await program.run(LONG_FETCH, env);
        expect(status).toBe(1);
        const lines = stderr.trimEnd().split('\n');
        expect(lines.at(-1)).toBe(
          `The database ${env.PAPERBOY_DATABASE} can’t grow: the disk is full. Free some space; nothing was lost.`,
        );
        const kept = lines.filter((line) => line.endsWith(': 50 papers')).length;
        expect(kept).toBeGreaterThan(0);
        expect(paperCount(env.PAPERBOY_DATABASE)).toBe(kept * 50);
      });
    },
  );

  it.skipIf(noDisk !== '')(`undoes an import as a whole${noDisk}`, async () => {
    const corpus = join(program.folder, 'corpus.jsonl');
    const lines = Array.from({ length: 2000 }, (_, n) =>
      JSON.stringify({
        id: `2603.${String(n).padStart(5, '0')}`,
        title: `Lantern ${n}`,
        summary: `We light lantern number ${n}. `.repeat(20),
        dailyDate: '2026-03-10',
      }),
    );
    writeFileSync(corpus, lines.join('\n'));
    await withSmallDisk(program.folder, '1m', async (disk) => {
      const env = { PAPERBOY_DATABASE: join(disk, 'paperboy.db') };
      const { status, stdout, stderr } = await program.run(['import', corpus], env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('the disk is full. Free some space; nothing was lost.');
      expect(paperCount(env.PAPERBOY_DATABASE)).toBe(0);
      expect(readdirSync(disk).sort()).toContain('paperboy.db');
    });
  });
});
