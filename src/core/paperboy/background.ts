import type { Log } from '../log.ts';
import { within } from '../wait.ts';
import { logged } from './logged.ts';

/** Work beside the tick, which doesn't wait for it. */
export interface Background {
  /** Begins it, unless it is still at work since an earlier call. A failure is logged. */
  run(failure: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Tells all of it to end, and waits until it has, but no longer than so many milliseconds. */
  stop(graceMs?: number): Promise<void>;
}

/** As long as deliveries get: nothing of this is lost, since it is tried again. */
const GRACE_MS = 7000;

export function createBackground(log: Log): Background {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  return {
    run(failure, work) {
      if (stopping.signal.aborted || running.has(failure)) return;
      const done = logged(work(stopping.signal), log, failure);
      running.set(
        failure,
        done.finally(() => running.delete(failure)),
      );
    },
    async stop(graceMs = GRACE_MS) {
      stopping.abort();
      await within(graceMs, Promise.all(running.values()));
    },
  };
}
