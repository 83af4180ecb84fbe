import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMarkFile } from '../../../src/core/store/mark-file.ts';

const database = 'f'.repeat(32);

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the mark beside the database', () => {
  it('is there for the next process', () => {
    const file = createMarkFile(path);
    expect(file.read()).toBeUndefined();
    file.keep({ database, claims: 1_000, claimedAt: '2026-08-21T09:00:00.000Z' });
    file.keep({ database, claims: 7 });
    expect(createMarkFile(path).read()).toEqual({ database, claims: 7 });
    createMarkFile(path).keep({ database, claims: 8 });
    expect(file.read()).toEqual({ database, claims: 8 });
  });

  it.each(['', '{"database":"ff', '{}', '\0'.repeat(160), '[]'])(
    'is none where it reads %j',
    (text) => {
      writeFileSync(`${path}.mark`, text);
      expect(createMarkFile(path).read()).toBeUndefined();
    },
  );

  it('is the same one through a link', () => {
    const link = join(folder, 'link.db');
    writeFileSync(path, '');
    symlinkSync(path, link);
    createMarkFile(link).keep({ database, claims: 3 });
    expect(createMarkFile(path).read()).toEqual({ database, claims: 3 });
  });

  it('stays in memory beside a database in memory', () => {
    const file = createMarkFile(':memory:');
    file.keep({ database, claims: 1 });
    expect(file.read()).toEqual({ database, claims: 1 });
    expect(createMarkFile(':memory:').read()).toBeUndefined();
  });
});
