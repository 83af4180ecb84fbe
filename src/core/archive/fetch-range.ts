import type { DateString } from '../paper.ts';
import type { PaperSource } from '../sources/source.ts';
import { listsOf, type ListRecord } from '../store/sources.ts';
import { daysBetween, isWhole, toListDate } from './days.ts';
import { fetchOne, type ArchiveOptions, type FetchOutcome } from './fetch-list.ts';

/** One list of a range, done or failed, and how far the range is. */
export interface FetchProgress extends FetchOutcome {
  /** Lists dealt with so far, of all sources, this one included. */
  readonly done: number;
  readonly total: number;
}

/**
 * Reads the lists of a range of days, newest first, and tells of each. Lists that are already
 * whole are left alone, so that the same call goes on where an earlier one stopped; a closed list
 * that was empty is asked for again. A failing list is told of, and the others go on. Rejects with
 * `StoreError`, or with the signal's reason.
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
  await Promise.all(
    options.sources.map(async (source) => {
      const records = await readRecords(options, source, from, to);
      for (const day of days) {
        const outcome =
          toComplete(source, day, records.get(day)) ??
          (await fetchOne(options, source, day, signal));
        done += 1;
        progress({ ...outcome, done, total });
      }
    }),
  );
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
