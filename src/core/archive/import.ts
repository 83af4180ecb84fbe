import { setImmediate } from 'node:timers/promises';
import { messageOf, UserError } from '../errors.ts';
import type { DateString, Instant } from '../paper.ts';
import { HUGGING_FACE } from '../sources/hugging-face/paper.ts';
import type { Store } from '../store/open.ts';
import { saveReadings, type PaperReading } from '../store/papers.ts';
import { recordFetches } from '../store/sources.ts';
import { inTransaction } from '../store/transaction.ts';
import { parseCorpusLine, type ListedCorpusPaper } from './corpus.ts';
import { addDays } from './days.ts';
import { WINDOW_DAYS } from './due.ts';
import { lineError, readLines } from './lines.ts';

interface ImportOptions {
  /** No reading is dated later than this. */
  readonly now: Instant;
  /** Called now and then with the number of papers read so far. */
  readonly onProgress?: (papers: number) => void;
}

/** How many papers are written before other work gets a turn: about 10 ms of it. */
const BATCH = 50;

/** How many papers are read between two calls of `onProgress`. */
const PROGRESS = 1000;

/**
 * How old a list of a corpus is taken to be, in days: past the last day on which it would be read
 * again. A corpus tells the largest vote count seen, not when; votes hardly grow after a week.
 */
const SETTLED_DAYS = WINDOW_DAYS + 1;

/**
 * Keeps the papers of a corpus file (`.jsonl`, `.jsonl.gz`: one paper a line), their votes and
 * their lists, all in one transaction, and says how many there were. Lists and votes count as read
 * when the list was nine days old, so that what was fetched later is never overwritten and the
 * lists are not fetched again. Rejects with `UserError`, naming the line, when the file can't be
 * read, or with `StoreError`; then nothing has changed. Writers of other processes wait meanwhile.
 */
export async function importCorpus(
  store: Store,
  path: string,
  options: ImportOptions,
): Promise<{ papers: number }> {
  try {
    return await inTransaction(store, (transaction) => importLines(transaction, path, options));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message} Nothing was imported.`, { cause: error });
  }
}

async function importLines(
  store: Store,
  path: string,
  { now, onProgress }: ImportOptions,
): Promise<{ papers: number }> {
  const tally = createTally();
  let told = 0;
  for await (const batch of readBatches(path, now)) {
    await saveReadings(store, batch);
    tally.add(batch);
    if (tally.papers() >= told + PROGRESS) onProgress?.((told = tally.papers()));
    await setImmediate();
  }
  if (tally.papers() === 0) throw new UserError(`${path}: it holds no papers.`);
  await recordFetches(store, HUGGING_FACE, tally.lists(now));
  return { papers: tally.papers() };
}

async function* readBatches(path: string, now: Instant): AsyncGenerator<readonly PaperReading[]> {
  let batch: PaperReading[] = [];
  for await (const { number, text } of readLines(path)) {
    batch.push(toReading(path, number, text, now));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function toReading(path: string, number: number, text: string, now: Instant): PaperReading {
  let paper: ListedCorpusPaper;
  try {
    paper = parseCorpusLine(text);
  } catch (error) {
    throw lineError(path, number, messageOf(error), error);
  }
  return { paper, readAt: settledAt(paper.listDate, now) };
}

function settledAt(date: DateString, now: Instant): Instant {
  const settled = `${addDays(date, SETTLED_DAYS)}T00:00:00.000Z`;
  return settled < now ? settled : now;
}

/** Counts papers, and papers per list, each once however often the file has them. */
function createTally() {
  const all = new Set<string>();
  const lists = new Map<DateString, Set<string>>();
  return {
    add(batch: readonly PaperReading[]): void {
      for (const { id, listDate = '' } of batch.map(({ paper }) => paper)) {
        all.add(id);
        lists.set(listDate, (lists.get(listDate) ?? new Set()).add(id));
      }
    },
    papers: () => all.size,
    lists: (now: Instant) =>
      Array.from(lists, ([listDate, { size }]) => ({
        listDate,
        paperCount: size,
        fetchedAt: settledAt(listDate, now),
      })),
  };
}
