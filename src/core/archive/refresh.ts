import type { PaperSource } from '../sources/source.ts';
import { listsOf, recordFailure, sourceHealth, type ListRecord } from '../store/sources.ts';
import {
  addDays,
  daysBetween,
  newestClosedList,
  toListDate,
  utcDay,
  type ListDate,
} from './days.ts';
import { isDue, WINDOW_DAYS } from './due.ts';
import { fetchOne, type ArchiveOptions } from './fetch-list.ts';

/** How long a source that failed is left in peace, in milliseconds. */
const PAUSE_MS = 600_000;

/** A source that fails this often in a row is down; one failing list is just that. */
const MOST_FAILURES = 2;

/**
 * Brings the recent lists of every source up to date: reads those that are due, newest first, all
 * sources at once; one that failed lately only where it is urgent. A failure is recorded, and
 * neither stops the other sources nor rejects. Stopped by its signal it resolves, and the next call
 * goes on; a source that gave nothing until its signal's deadline has failed. Rejects with
 * `StoreError`.
 */
export async function refresh(
  options: ArchiveOptions,
  signal?: AbortSignal,
  isUrgent = false,
): Promise<void> {
  const now = options.clock();
  await Promise.all(
    options.sources.map(async (source) => {
      if (!isUrgent && (await isPaused(options, source, now))) return;
      await refreshSource(options, source, now, signal);
    }),
  );
}

async function refreshSource(
  options: ArchiveOptions,
  source: PaperSource,
  now: Date,
  signal?: AbortSignal,
): Promise<void> {
  const progress = { fetched: 0 };
  try {
    await fetchDue(options, source, now, progress, signal);
  } catch (error) {
    if (signal?.aborted !== true || signal.reason !== error) throw error;
    if (progress.fetched > 0 || !isDeadline(error)) return;
    const at = options.clock().toISOString();
    await recordFailure(options.store, source.id, at, 'It did not answer in time.');
  }
}

async function isPaused(
  { store }: ArchiveOptions,
  source: PaperSource,
  now: Date,
): Promise<boolean> {
  const { failedAt } = await sourceHealth(store, source.id);
  const elapsed = failedAt === undefined ? Infinity : now.getTime() - Date.parse(failedAt);
  return elapsed >= 0 && elapsed < PAUSE_MS;
}

async function fetchDue(
  options: ArchiveOptions,
  source: PaperSource,
  now: Date,
  progress: { fetched: number },
  signal?: AbortSignal,
): Promise<void> {
  let failures = 0;
  for (const { date } of await dueLists(options, source, now)) {
    const { kind } = await fetchOne(options, source, date, signal);
    failures = kind === 'failed' ? failures + 1 : 0;
    if (failures === MOST_FAILURES) return;
    progress.fetched += kind === 'fetched' ? 1 : 0;
  }
}

async function dueLists(
  { store }: ArchiveOptions,
  source: PaperSource,
  now: Date,
): Promise<ListDate[]> {
  const lists = watchedLists(source, now);
  const [newest, oldest] = [lists[0], lists.at(-1)];
  if (newest === undefined || oldest === undefined) return [];
  const records = await listsOf(store, source.id, oldest.date, newest.date);
  return lists.filter((list) => isDue(list, recordOf(records, list), now));
}

/** The lists that may be due, newest first. The newest closed one is among them whatever its age. */
function watchedLists(source: PaperSource, now: Date): ListDate[] {
  const today = utcDay(now);
  // A source whose day begins east of UTC, or with its announcement, is a day ahead.
  const days = daysBetween(addDays(today, -WINDOW_DAYS), addDays(today, 1));
  const lists = days.flatMap((date) => toListDate(date, source.day(date)) ?? []);
  const newest = newestClosedList(source, now);
  const isWatched = newest === undefined || lists.some(({ date }) => date === newest.date);
  return isWatched ? lists : [...lists, newest].sort((a, b) => (a.date < b.date ? 1 : -1));
}

function recordOf(records: readonly ListRecord[], { date }: ListDate): ListRecord | undefined {
  return records.find(({ listDate }) => listDate === date);
}

function isDeadline(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
