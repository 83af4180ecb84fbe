import type { SourceState } from '../commands/command.ts';
import type { DateString } from '../paper.ts';
import { newestClosedList, newestOpenedList, utcDay } from './days.ts';
import { SETTLE_MS } from './due.ts';
import { ensureList } from './ensure.ts';
import { fetchOne, type ArchiveOptions, type FetchOutcome } from './fetch-list.ts';
import { fetchRange, type FetchProgress } from './fetch-range.ts';
import { refresh } from './refresh.ts';
import { readStates } from './state.ts';

export { nextListAfter } from './days.ts';
export type { ArchiveOptions, FetchOutcome } from './fetch-list.ts';
export type { FetchProgress } from './fetch-range.ts';
export { importCorpus } from './import.ts';
export { SETTLE_MS } from './due.ts';
export { asSentence, momentInWords } from './wording.ts';

/** Keeps the daily lists complete and fresh, and knows how each source does. */
export interface Archive {
  /**
   * Reads every recent list that is due. A failing source never stops another, and is left in
   * peace for ten minutes, but where it is urgent. Resolves when `signal` stops it; the next call
   * goes on. Rejects with `StoreError`.
   */
  refresh(signal?: AbortSignal, isUrgent?: boolean): Promise<void>;
  /**
   * Reads one day's list of every source, due or not, and says what came of each, in the order of
   * the sources. Rejects with `StoreError`, or with the signal's reason.
   */
  fetchList(date: DateString, signal?: AbortSignal): Promise<FetchOutcome[]>;
  /** As `fetchList`, but leaves alone what was read lately enough. */
  ensure(date: DateString, signal?: AbortSignal): Promise<FetchOutcome[]>;
  /**
   * Reads a range of days, newest first, without those already whole: the same call goes on where
   * an earlier one was stopped, even killed. Rejects with `StoreError`, or the signal's reason.
   */
  fetchRange(
    from: DateString,
    to: DateString,
    progress: (progress: FetchProgress) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** The state of each source, in their order. */
  states(): Promise<SourceState[]>;
  /**
   * The leading source's newest list that has closed by `at`, or by now, and settled since; that day
   * (UTC) if none had. One that has just closed is not read as a whole yet.
   */
  newestClosed(at?: Date): DateString;
  /** The leading source's newest list that has opened by `at`, or by now, which may be the same. */
  newestOpened(at?: Date): DateString;
}

export function createArchive(options: ArchiveOptions): Archive {
  const { sources } = options;
  return {
    refresh: (signal, isUrgent) => refresh(options, signal, isUrgent),
    fetchList: (date, signal) =>
      Promise.all(sources.map((source) => fetchOne(options, source, date, signal))),
    ensure: (date, signal) => ensureList(options, date, signal),
    fetchRange: (from, to, progress, signal) => fetchRange(options, from, to, progress, signal),
    states: () => readStates(options),
    newestClosed: (at = options.clock()) =>
      newest(options, newestClosedList, new Date(at.getTime() - SETTLE_MS)),
    newestOpened: (at) => newest(options, newestOpenedList, at),
  };
}

function newest(
  { sources, clock }: ArchiveOptions,
  find: typeof newestClosedList,
  at = clock(),
): DateString {
  const [leading] = sources;
  const list = leading && find(leading, at);
  return list?.date ?? utcDay(at);
}
