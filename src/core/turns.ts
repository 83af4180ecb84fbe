import { setMaxListeners } from 'node:events';
import type { ReaderRef } from './platform.ts';
import { pause } from './wait.ts';

/** What readers do: ask commands, or keep and drop papers, which goes faster. */
export type Deed = 'command' | 'bookmark';

interface Limit {
  /** So many go at once. */
  readonly atOnce: number;
  /** Then one each so many milliseconds. */
  readonly everyMs: number;
}

/** 5 commands in ten seconds, 60 bookmarks a minute: more than a person does, less than a script. */
const LIMITS: Readonly<Record<Deed, Limit>> = {
  command: { atOnce: 5, everyMs: 2_000 },
  bookmark: { atOnce: 60, everyMs: 1_000 },
};

/** More commands of one reader don't wait: a person should rather be told. */
export const MOST_WAITING = 20;

/** How often readers are forgotten who have been quiet for long enough, in milliseconds. */
const FORGET_MS = 60_000;

/** Lets each reader do only so much at a time; what is more waits, and nobody else does. */
export interface Turns {
  /**
   * Resolves when it is the reader's turn, in the order of calls: with true, or at once with false
   * where more than `most` of theirs would wait. Without `most` any number may. Never rejects.
   */
  take(reader: ReaderRef, deed: Deed, most?: number): Promise<boolean>;
  /** Ends all waits, of what comes later too: before a stop. */
  open(): void;
  /** How many readers are remembered. */
  readonly size: number;
}

export interface TurnOptions {
  /** Milliseconds that never jump or run backwards, whatever happens to the wall clock. */
  readonly monotonic?: () => number;
  /** Waits, and resolves early when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function createTurns(options: TurnOptions = {}): Turns {
  const { monotonic = () => performance.now(), sleep = pause } = options;
  const opened = new AbortController();
  // As many wait as like to.
  setMaxListeners(0, opened.signal);
  /** When a reader may do as many at once again as if nothing had been. */
  const rested = new Map<string, number>();
  let swept = monotonic();

  function sweep(now: number): void {
    if (now - swept < FORGET_MS) return;
    swept = now;
    for (const [key, at] of rested) if (at <= now) rested.delete(key);
  }

  return {
    async take({ platform, tenant, user }, deed, most = Infinity) {
      const { atOnce, everyMs } = LIMITS[deed];
      const now = monotonic();
      sweep(now);
      const key = JSON.stringify([deed, platform, tenant, user]);
      const at = Math.max(rested.get(key) ?? now, now) + everyMs;
      const waitMs = at - atOnce * everyMs - now;
      if (waitMs > most * everyMs) return false;
      rested.set(key, at);
      if (waitMs > 0 && !opened.signal.aborted) await sleep(waitMs, opened.signal);
      return true;
    },
    open: () => {
      opened.abort();
    },
    get size() {
      return rested.size;
    },
  };
}
