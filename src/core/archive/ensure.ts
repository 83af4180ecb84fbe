import type { DateString } from '../paper.ts';
import type { PaperSource } from '../sources/source.ts';
import { listsOf, type ListRecord } from '../store/sources.ts';
import { toListDate, type ListDate } from './days.ts';
import { isDue } from './due.ts';
import { fetchOne, type ArchiveOptions, type FetchOutcome } from './fetch-list.ts';

/**
 * Makes sure that one day's list of every source is here and as fresh as `refresh` would keep it,
 * and says what came of each, in the order of the sources. Rejects with `StoreError`, or with the
 * signal's reason.
 */
export function ensureList(
  options: ArchiveOptions,
  date: DateString,
  signal?: AbortSignal,
): Promise<FetchOutcome[]> {
  return Promise.all(options.sources.map((source) => ensureOne(options, source, date, signal)));
}

async function ensureOne(
  options: ArchiveOptions,
  source: PaperSource,
  date: DateString,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  const list = toListDate(date, source.day(date));
  const [record] = await listsOf(options.store, source.id, date, date);
  if (record === undefined || !isFresh(list, record, options.clock())) {
    return fetchOne(options, source, date, signal);
  }
  const papers = record.paperCount;
  return { kind: 'complete', date, source: source.id, papers, skipped: [] };
}

/** A list on a day that has none by the calendar came from a corpus, and nobody can tell more of it. */
function isFresh(list: ListDate | undefined, record: ListRecord, now: Date): boolean {
  return list === undefined ? record.paperCount > 0 : !isDue(list, record, now);
}
