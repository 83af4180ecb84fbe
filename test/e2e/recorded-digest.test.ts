import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, type Program } from '../cli/program.ts';

const DATA = resolve(process.env['PAPERBOY_DATA'] ?? '../shared/data');
const LISTS = join(DATA, 'hf-api');
const present = existsSync(LISTS);

describe(`the recorded lists${present ? '' : ` (skipped: no ${LISTS}; set PAPERBOY_DATA)`}`, () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram('2026-08-22T12:00:00Z', { folders: present ? [LISTS] : [] });
  });
  afterAll(() => program.close());

  it.skipIf(!present)('fill the archive, and make a digest to be glad of', async () => {
    const fetched = await program.run(['fetch', '--from', '2026-08-20', '--to', '2026-08-21']);
    expect(fetched).toEqual({
      status: 0,
      stdout: '',
      stderr:
        '[1/2] 2026-08-21 hugging-face: 17 papers\n[2/2] 2026-08-20 hugging-face: 15 papers\n',
    });
    const asked = program.huggingFace.requests.length;
    const { stdout } = await program.run(['digest', '--date', '2026-08-20']);
    expect(program.huggingFace.requests).toHaveLength(asked);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Papers of Thursday 20 August 2026');
    expect(lines.filter((line) => /^\d\. \S/.test(line))).toHaveLength(5);
    expect(lines.filter((line) => /^ {3}▲ \d+ · \S/.test(line))).toHaveLength(5);
    expect(
      lines.filter((line) => /^ {3}https:\/\/huggingface\.co\/papers\/\d/.test(line)),
    ).toHaveLength(5);
    expect(stdout).toContain('5 of 15 papers');
    expect(stdout).not.toMatch(/undefined|null|NaN|\\|\$|could not/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.skipIf(!present)('put a reader’s topic first, and say so', async () => {
    const { stdout } = await program.run([
      'digest',
      '--date',
      '2026-08-20',
      '--topics',
      'video generation',
    ]);
    expect(stdout).toMatch(/^1\. .*Video Generation$/m);
    expect(stdout).toContain('matches video generation (title)');
  });

  it.skipIf(!present)('keep every paper, vote and place in the database', () => {
    const database = new SQLite(program.database, { readonly: true });
    const count = (table: string) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect(['papers', 'listings', 'vote_readings', 'lists'].map(count)).toEqual([32, 32, 32, 2]);
    database.close();
  });
});
