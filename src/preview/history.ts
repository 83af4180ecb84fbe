import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../core/index.ts';
import { createFeed, newestThreads, toRecords } from './feed.ts';
import type { Feed } from './feed.ts';
import { HistoryRecord } from './records.ts';

/** How many messages survive a restart: about six weeks of daily digests of ten papers. */
const MAX_MESSAGES = 500;

/** Where records are kept. `append` resolves once the record is safe from a power cut. */
export interface History {
  readonly feed: Feed;
  /** Rejects with the file system's error, and then the feed doesn't show the record. */
  append(record: HistoryRecord): Promise<void>;
  close(): Promise<void>;
}

/** A history that lasts as long as the process. */
export function createMemoryHistory(): History {
  const feed = createFeed();
  return {
    feed,
    append: (record) => {
      feed.apply(record);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Opens the file, reads what it tells and rewrites it when it could be shorter: old threads beyond
 * `maxMessages` go, and so do lines that a crash tore. Rejects with the file system's error.
 */
export async function openHistory(
  path: string,
  log: Log,
  maxMessages = MAX_MESSAGES,
): Promise<History> {
  await mkdir(dirname(path), { recursive: true });
  const before = await readIfThere(path);
  const records = await read(before, path, log);
  const kept = toRecords(newestThreads(createFeed(records).threads(), maxMessages));
  const after = kept.map(toLine).join('');
  if (after !== before) await replace(path, after);
  const file = await openAppend(path);
  const feed = createFeed(kept);
  return {
    feed,
    append: async (record) => {
      await file.write(toLine(record));
      feed.apply(record);
    },
    close: () => file.close(),
  };
}

function toLine(record: HistoryRecord): string {
  return `${JSON.stringify(record)}\n`;
}

async function read(content: string, path: string, log: Log): Promise<HistoryRecord[]> {
  const lines = content.replace(/\n$/, '').split('\n');
  const records: HistoryRecord[] = [];
  const broken: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const record = toRecord(line);
    if (record === undefined) broken.push(index + 1);
    else records.push(record);
  }
  if (broken.length > 0) await keepBroken(path, broken, lines.length, log);
  return records;
}

async function keepBroken(
  path: string,
  broken: readonly number[],
  lines: number,
  log: Log,
): Promise<void> {
  const torn = broken.length === 1 && broken[0] === lines;
  if (torn) {
    log.warn(
      { path, line: lines },
      'The preview’s last record was cut off by a crash; left it out',
    );
    return;
  }
  const copy = `${path}.damaged`;
  await copyFile(path, copy);
  log.warn(
    { path, lines: broken, copy },
    'Left out unreadable records of the preview; kept a copy',
  );
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function toRecord(line: string): HistoryRecord | undefined {
  try {
    return HistoryRecord.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, so that a crash leaves the old or the new one, never half. */
async function replace(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Makes the file's name itself safe from a power cut; Windows can't open a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

interface Append {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

async function openAppend(path: string): Promise<Append> {
  const file = await open(path, 'a');
  await syncFolder(path);
  let torn = false;
  let closed: Promise<void> | undefined;

  async function write(line: string): Promise<void> {
    const { size } = await file.stat();
    try {
      await file.appendFile(torn ? `\n${line}` : line);
      await file.datasync();
      torn = false;
    } catch (error) {
      // A full disk may have taken half of the line, which the next record would otherwise join.
      torn = await file.truncate(size).then(
        () => torn,
        () => true,
      );
      throw error;
    }
  }

  return { write, close: () => (closed ??= file.close()) };
}
