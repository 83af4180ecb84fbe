import type { Clock } from '../clock.ts';
import { SourceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DateString } from '../paper.ts';
import type { Fetched, PaperSource } from '../sources/source.ts';
import type { Store } from '../store/open.ts';
import { recordFailure, recordLate, saveList } from '../store/sources.ts';
import { hasOpened, toListDate } from './days.ts';

/** What the archive works with. */
export interface ArchiveOptions {
  readonly store: Store;
  /** The leading source first. */
  readonly sources: readonly PaperSource[];
  readonly clock: Clock;
  readonly log: Log;
  /** Waits, at most until the signal aborts. Tests pass one that returns at once. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * What came of one list of one source: `fetched` now; `complete`, read after it closed and left
 * alone; `quiet`, a day without a list; `early`, not open yet; `late`, due and not there yet, and
 * `failed`, both with the reason in `error`.
 */
export interface FetchOutcome {
  readonly kind: 'fetched' | 'complete' | 'quiet' | 'early' | 'late' | 'failed';
  readonly date: DateString;
  /** The `PaperSource.id`. */
  readonly source: string;
  /** How many papers the list has, 0 where it wasn't fetched. */
  readonly papers: number;
  readonly skipped: Fetched['skipped'];
  readonly error?: string;
  /** After a failure: how long the source asked to be left in peace, where it did. */
  readonly retryAfterMs?: number;
}

/**
 * Reads one list and keeps it whole, or notes why not. Rejects with `StoreError` when it can't be
 * kept, and with the signal's reason when stopped by it, which is not the source's failure.
 */
export async function fetchOne(
  options: ArchiveOptions,
  source: PaperSource,
  date: DateString,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  signal?.throwIfAborted();
  const none = { date, source: source.id, papers: 0, skipped: [] } as const;
  const list = toListDate(date, source.day(date));
  if (list === undefined) return { ...none, kind: 'quiet' };
  // Before the request, since a list read across its close may lack the last papers.
  const now = options.clock();
  if (!hasOpened(list, now)) return { ...none, kind: 'early' };
  const fetchedAt = now.toISOString();
  let fetched: Fetched;
  try {
    fetched = await source.fetch(date, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = explain(options.log, source, date, error);
    if (isLate(error)) {
      await recordLate(options.store, source.id, date, fetchedAt);
      return { ...none, kind: 'late', error: reason };
    }
    await recordFailure(options.store, source.id, options.clock().toISOString(), reason);
    return { ...none, kind: 'failed', error: reason, ...askedWait(error) };
  }
  const keptAt = options.clock().toISOString();
  await saveList(options.store, { ...none, ...fetched, fetchedAt, keptAt });
  return { ...none, kind: 'fetched', papers: fetched.papers.length, skipped: fetched.skipped };
}

function isLate(error: unknown): boolean {
  return error instanceof SourceError && error.kind === 'late';
}

function askedWait(error: unknown): Pick<FetchOutcome, 'retryAfterMs'> {
  const ms = error instanceof SourceError ? error.retryAfterMs : undefined;
  return ms === undefined ? {} : { retryAfterMs: ms };
}

function explain(log: Log, source: PaperSource, date: DateString, error: unknown): string {
  const fields = { source: source.id, date };
  if (error instanceof SourceError) {
    // A stack says no more than the message here, and would fill the terminal of who fetches years.
    log.warn({ ...fields, kind: error.kind, reason: error.message }, 'a list could not be fetched');
    return error.message;
  }
  log.error({ ...fields, err: error }, 'a source broke its contract');
  return 'Paperboy could not make sense of its answer; the log says more.';
}
