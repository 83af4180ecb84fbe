import { setTimeout as delay } from 'node:timers/promises';
import { SourceError } from '../errors.ts';

/** Lets requests to one service through one at a time, with a pause between them. */
export interface Gate {
  /**
   * Runs `task` when its turn has come: in the order of calls, never two at once, and never sooner
   * than the interval after the start of the one before. Settles as `task` does. Rejects with
   * `SourceError`, without running it, as soon as `signal` aborts (`unreachable`), or when the gate
   * is held for longer than anybody should wait (`rate-limited`, with `retryAfterMs`).
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Lets nobody through for `ms` from now; `reason` is told to those who are turned away. */
  hold(ms: number, reason: string): void;
}

export interface GateOptions {
  /** The least time from the start of one task to the start of the next. */
  readonly intervalMs: number;
  /** Milliseconds that never jump or run backwards, whatever happens to the wall clock. */
  readonly monotonic?: () => number;
  /** Waits; may reject when the signal aborts. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A hold longer than this is not waited for: the caller plans instead. The same as in http.ts. */
const LONGEST_HOLD_MS = 60_000;

export function createGate(options: GateOptions): Gate {
  const { intervalMs, monotonic = () => performance.now(), sleep = pause } = options;
  let last: Promise<void> = Promise.resolve();
  let next = -Infinity;
  let held = { until: -Infinity, reason: '' };

  async function wait(signal?: AbortSignal): Promise<void> {
    // In a loop, since timers may fire early and a hold may come while we sleep.
    for (;;) {
      const now = monotonic();
      if (held.until - now > LONGEST_HOLD_MS) throw turnedAway(held.reason, held.until - now);
      const ms = Math.max(next, held.until) - now;
      if (ms <= 0) return;
      await orCancelled(sleep(ms, signal), signal);
    }
  }

  return {
    async run(task, signal) {
      const before = last;
      let leave = (): void => undefined;
      const left = new Promise<void>((resolve) => (leave = resolve));
      // One who gave up leaves at once, but those behind still wait for those in front.
      last = before.then(() => left);
      try {
        await orCancelled(before, signal);
        await wait(signal);
        next = monotonic() + intervalMs;
        return await task();
      } finally {
        leave();
      }
    },
    hold(ms, reason) {
      const until = monotonic() + ms;
      if (until > held.until) held = { until, reason };
    },
  };
}

function turnedAway(reason: string, ms: number): SourceError {
  const minutes = Math.ceil(ms / 60_000);
  const message = `${reason}; we ask again in ${minutes} min`;
  return new SourceError('rate-limited', message, { retryAfterMs: Math.ceil(ms) });
}

/** Settles as `work` does, or rejects as soon as the signal aborts. */
async function orCancelled(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return work;
  let cancel = (): void => undefined;
  const cancelled = new Promise<void>((resolve) => (cancel = resolve));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await (signal.aborted ? undefined : Promise.race([cancelled, work]));
  } catch (error) {
    // A wait that the signal broke off is told as cancelled, below.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (!signal.aborted) return;
  throw new SourceError('unreachable', 'cancelled while waiting', { cause: signal.reason });
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal && { signal });
}
