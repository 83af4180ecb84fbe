import { setTimeout as delay } from 'node:timers/promises';

/** Gives every request its moment, evenly spaced over all channels. */
export interface Pace {
  /** Resolves when it is this caller's turn. Rejects once the signal is aborted. */
  turn(signal?: AbortSignal): Promise<void>;
}

export function createPace(perSecond: number): Pace {
  const interval = 1_000 / perSecond;
  let next = 0;
  return {
    async turn(signal) {
      const now = performance.now();
      const at = Math.max(now, next);
      next = at + interval;
      if (at > now) await delay(at - now, undefined, signal && { signal });
    },
  };
}
