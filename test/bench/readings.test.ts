import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readVotes } from '../../bench/quality/readings.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-readings-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const PAPER = { id: '2603.00001', title: 'Seeing', summary: 'We see.', dailyDate: '2026-03-10' };

it('reads the papers as an import keeps them, with all their readings, oldest first', async () => {
  write('corpus.jsonl.gz', [PAPER, { ...PAPER, dailyDate: '2026-03-12', upvotes: 9 }]);
  write('upvotes.jsonl.gz', [
    { id: PAPER.id, upvotes: 7, at: '2026-03-13T00:00:00Z' },
    { id: PAPER.id, upvotes: 3, at: '2026-03-12T06:00:00Z' },
    { id: '2603.09999', upvotes: 1, at: '2026-03-12T06:00:00Z' },
  ]);
  const [paper, ...others] = await readVotes(folder, folder);
  expect(others).toEqual([]);
  expect(paper?.paper).toMatchObject({ id: PAPER.id, listDate: '2026-03-12', upvotes: 9 });
  expect(paper?.readings.map(({ upvotes, ageHours }) => [upvotes, ageHours])).toEqual([
    [3, 6],
    [7, 24],
  ]);
});

function write(name: string, lines: readonly unknown[]): void {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  writeFileSync(join(folder, name), gzipSync(`${text}\n`));
}
