import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function paperboy(args: readonly string[], env: Record<string, string> = {}) {
  let stdout = '';
  let stderr = '';
  const status = await run(args, {
    env: {
      PAPERBOY_OFFLINE: '1',
      PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
      PAPERBOY_NOW: '2026-08-22T12:00:00Z',
      ...env,
    },
    out: (text) => (stdout += text),
    err: (text) => (stderr += `${text}\n`),
    color: false,
    width: 80,
  });
  return { status, stdout, stderr };
}

describe('a wrong call', () => {
  it.each([
    [['digest', '--date', 'yesterday'], '“yesterday” is no date. Write it as YYYY-MM-DD.'],
    [['digest', '--date', '2026-02-30'], '“2026-02-30” is no date'],
    [['digest', '--date', '2026-08-24'], '2026-08-24 is in the future'],
    [['digest', '--date', '2022-12-31'], 'begin in 2023'],
    [['digest', '--format', 'xml'], '“xml” is not one of text, json'],
    [['digest', '--count', '0'], '“0” is not a whole number from 1 to 20'],
    [['digest', '--cuont', '3'], 'There is no option --cuont'],
    [['digest', '--date'], '--date needs a value.'],
    [['digest', '--date', '-1'], '--date needs a value.'],
    [['digest', 'today'], 'I don’t know what “today” is for.'],
    [['digest', '--count', '1e1'], '“1e1” is not a whole number from 1 to 20'],
    [['fetch', '--from', '2026-08-23'], '2026-08-23 is in the future'],
    [['fetch', '--to', '2026-13-01'], '“2026-13-01” is no date'],
    [['status', '--json=yes'], '--json'],
    [['search', 'agents', '--format', 'xml'], '“xml” is not one of text, json'],
    [['digset'], 'digest'],
    [['search'], 'Say what to search for'],
    [['fetch', '--from', '2026-08-21', '--to', '2026-08-20'], '--from 2026-08-21 is after'],
    [['import'], 'Name one file'],
    [['preview', '--port', '99999'], 'from 0 to 65535'],
  ])('%j gets one clear line and exit status 2', async (args, line) => {
    const { status, stdout, stderr } = await paperboy(args);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    // Not even an empty database is left behind.
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a wrong configuration', () => {
  it('tells all its mistakes at once, with exit status 2', async () => {
    const file = join(folder, 'paperboy.yaml');
    writeFileSync(file, 'digest:\n  count: many\n  colour: red\npreview:\n  port: 70000\n');
    const { status, stderr } = await paperboy(['digest'], { PAPERBOY_CONFIG: file });
    expect(status).toBe(2);
    expect(stderr).toContain('digest.count');
    expect(stderr).toContain('colour');
    expect(stderr).toContain('preview.port');
  });
});

describe('a database that can’t be used', () => {
  it('is named when it is none', async () => {
    writeFileSync(
      join(folder, 'paperboy.sample.db'),
      'this is a text file, not a database\n'.repeat(99),
    );
    const { status, stderr } = await paperboy(['digest']);
    expect(stderr).toContain('is not an SQLite database');
    expect(status).toBe(1);
  });

  it('is left alone when a newer version wrote it', async () => {
    const database = new SQLite(join(folder, 'paperboy.sample.db'));
    database.pragma('user_version = 999');
    database.close();
    const { status, stderr } = await paperboy(['digest']);
    expect(stderr).toContain('was written by a newer Paperboy');
    expect(status).toBe(1);
  });
});

describe('a corpus that can’t be read', () => {
  const line = JSON.stringify({
    id: '2401.00001',
    title: 'A Lantern',
    summary: 'It is bright.',
    dailyDate: '2024-01-02',
    upvotes: 3,
    authors: ['Ada Lampwick'],
  });

  it.each([
    ['a broken line', Buffer.from(`${line}\n{"id": 12\n`), 'line 2'],
    ['nothing', Buffer.from(''), 'it holds no papers'],
    ['a truncated gzip', gzipSync(`${line}\n`.repeat(2000)).subarray(0, 60), 'gz'],
  ])('changes nothing when it holds %s', async (name, content, said) => {
    const file = join(folder, name.includes('gzip') ? 'corpus.jsonl.gz' : 'corpus.jsonl');
    writeFileSync(file, content);
    const { status, stderr } = await paperboy(['import', file]);
    expect(stderr.toLowerCase()).toContain(said);
    expect(status).toBe(1);
    expect((await paperboy(['status'])).stdout).toContain('holds 0 papers');
  });

  it('is named when it is not there', async () => {
    const { status, stderr } = await paperboy(['import', join(folder, 'none.jsonl')]);
    expect(stderr).toContain('none.jsonl');
    expect(status).toBe(1);
  });
});
