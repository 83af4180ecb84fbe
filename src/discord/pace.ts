import { setTimeout as delay } from 'node:timers/promises';

/** Gives every request its moment, evenly spaced over all channels. */
export interface Pace {
  /** Resolves when it is this caller's turn, in the order of calls. Rejects once the signal is aborted. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Gives nobody a turn for so many milliseconds. */
  hold(ms: number): void;
}

export interface PaceOptions {
  /** Milliseconds that never jump, whatever happens to the wall clock. */
  readonly monotonic?: () => number;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

const SECOND_MS = 1_000;

/** A second, and what may lie between a turn and its request on the wire. */
const WINDOW_MS = SECOND_MS + 20;

/** Lateness that the turns after it make good: a timer's, and as long as our event loop may be busy. */
const MADE_GOOD_MS = 50;

/**
 * In no second has anybody more turns than `perSecond`, a whole number. Turns that were late come
 * closer together for a moment, but count against what follows: Discord would refuse what is too
 * much, and whatever is then sent at once when its wait is over.
 */
export function createPace(perSecond: number, options: PaceOptions = {}): Pace {
  const { monotonic = () => performance.now(), sleep = sleepFor } = options;
  const interval = SECOND_MS / perSecond;
  /** When the last `perSecond` turns were given, the oldest of them at `oldest`. */
  const given = new Float64Array(perSecond).fill(-Infinity);
  let oldest = 0;
  let next = -Infinity;
  let last: Promise<unknown> = Promise.resolve();

  async function waitForTurn(asked: number, signal?: AbortSignal): Promise<void> {
    const due = () => Math.max(asked, next, (given[oldest] ?? 0) + WINDOW_MS);
    // Again and again, since a hold may come while we sleep.
    for (let ms = due() - monotonic(); ms > 0; ms = due() - monotonic()) await sleep(ms, signal);
    signal?.throwIfAborted();
    const now = monotonic();
    next = Math.max(due(), now - MADE_GOOD_MS) + interval;
    given[oldest] = now;
    oldest = (oldest + 1) % perSecond;
  }

  return {
    turn(signal) {
      const asked = monotonic();
      const turn = last.then(() => waitForTurn(asked, signal));
      last = turn.catch(() => undefined); // Whoever asked is told.
      return turn;
    },
    hold(ms) {
      next = Math.max(next, monotonic() + ms);
    },
  };
}

function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  return delay(ms, undefined, signal && { signal });
}
