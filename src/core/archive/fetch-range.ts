import { setTimeout as delay } from 'node:timers/promises';
import type { DateString } from '../paper.ts';
import type { PaperSource } from '../sources/source.ts';
import { listsOf, type ListRecord } from '../store/sources.ts';
import { daysBetween, isWhole, toListDate } from './days.ts';
import { fetchOne, type ArchiveOptions, type FetchOutcome } from './fetch-list.ts';

/**
 * A longer wait is not sat out. Hugging Face counts requests over five minutes
 * (https://huggingface.co/docs/hub/rate-limits), which a range of some years fills.
 */
const LONGEST_WAIT_MS = 6 * 60_000;

/** One list of a range, done or failed, and how far the range is. */
export interface FetchProgress extends FetchOutcome {
  /** The list is not done yet: its source asked for this wait, and is then asked once more. */
  readonly waitMs?: number;
  /** Lists dealt with so far, of all sources, this one included. */
  readonly done: number;
  readonly total: number;
}

/**
 * Reads the lists of a range of days, newest first, and tells of each. Lists that are already
 * whole are left alone, so that the same call goes on where an earlier one stopped; a closed list
 * that was empty is asked for again. A wait that a source asks for is told of and kept. A failing
 * list is told of, and the others go on. Rejects with `StoreError`, or with the signal's reason.
 */
export async function fetchRange(
  options: ArchiveOptions,
  from: DateString,
  to: DateString,
  progress: (progress: FetchProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const days = daysBetween(from, to);
  const total = days.length * options.sources.length;
  let done = 0;
  const tell = (outcome: FetchOutcome): void => {
    progress({ ...outcome, done, total });
  };
  await Promise.all(
    options.sources.map(async (source) => {
      const records = await readRecords(options, source, from, to);
      for (const day of days) {
        const outcome =
          toComplete(source, day, records.get(day)) ??
          (await fetchPatiently(options, source, day, tell, signal));
        done += 1;
        tell(outcome);
      }
    }),
  );
}

/** Reads a list, if need be once more after the wait that its source asked for. */
async function fetchPatiently(
  options: ArchiveOptions,
  source: PaperSource,
  day: DateString,
  tell: (outcome: FetchOutcome & Pick<FetchProgress, 'waitMs'>) => void,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  const outcome = await fetchOne(options, source, day, signal);
  const waitMs = outcome.retryAfterMs ?? Infinity;
  if (waitMs > LONGEST_WAIT_MS) return outcome;
  tell({ ...outcome, waitMs });
  await (options.sleep ?? pause)(waitMs, signal);
  return fetchOne(options, source, day, signal);
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function readRecords(
  { store }: ArchiveOptions,
  source: PaperSource,
  from: DateString,
  to: DateString,
): Promise<Map<DateString, ListRecord>> {
  const records = await listsOf(store, source.id, from, to);
  return new Map(records.map((record) => [record.listDate, record]));
}

function toComplete(
  source: PaperSource,
  date: DateString,
  record: ListRecord | undefined,
): FetchOutcome | undefined {
  const list = toListDate(date, source.day(date));
  if (list === undefined || record === undefined || record.paperCount === 0) return undefined;
  if (!isWhole(list, record.fetchedAt)) return undefined;
  return { kind: 'complete', date, source: source.id, papers: record.paperCount, skipped: [] };
}
