import { openSync, readFileSync, writeSync } from 'node:fs';
import { beside } from './beside.ts';
import type { OutboxMark } from './outbox-mark.ts';

/** The outbox's mark beside the database. Its methods throw what the file system throws. */
export interface MarkFile {
  /** Undefined where there is none that can be read. */
  read(): OutboxMark | undefined;
  /** Kept when this process is killed; a power cut may bring back an older one, which does no harm. */
  keep(mark: OutboxMark): void;
}

/** Room for the longest mark, in characters: each is written over the one before in one go. */
const WIDTH = 160;

/** The mark of the database at `path`; in memory for one that is in memory itself. */
export function createMarkFile(path: string): MarkFile {
  if (path === ':memory:') return inMemory();
  let file: number | undefined;
  return {
    read: () => parse(textOf(beside(path, '.mark'))),
    keep(mark) {
      const name = beside(path, '.mark');
      file ??= openSync(name, textOf(name) === undefined ? 'w' : 'r+');
      writeSync(file, `${JSON.stringify(mark).padEnd(WIDTH)}\n`, 0);
    },
  };
}

function inMemory(): MarkFile {
  let kept: OutboxMark | undefined;
  return {
    read: () => kept,
    keep(mark) {
      kept = mark;
    },
  };
}

function textOf(name: string): string | undefined {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text = ''): OutboxMark | undefined {
  try {
    const { database, claims, claimedAt } = JSON.parse(text) as Partial<OutboxMark>;
    if (typeof database !== 'string' || typeof claims !== 'number') return undefined;
    return { database, claims, ...(claimedAt !== undefined && { claimedAt }) };
  } catch {
    return undefined; // Half a line after a power cut is no mark, and the caller is careful then.
  }
}
