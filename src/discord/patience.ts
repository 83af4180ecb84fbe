import { setTimeout as delay } from 'node:timers/promises';
import { toDeliveryError } from './errors.ts';

/** A start may wait this long for Discord in one go; after that a person had better know. */
const LONGEST_WAIT_MS = 60_000;
const TRIES = 4;

/**
 * Does what a start can't do without, and waits where Discord asks for it. Rejects as the work does
 * when that is long or comes again and again, and once the signal is aborted.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const { kind, retryAfterMs = 0 } = toDeliveryError(error);
      if (kind !== 'rate-limited' || retryAfterMs > LONGEST_WAIT_MS || tried === TRIES) throw error;
      await delay(retryAfterMs, undefined, { signal });
    }
  }
}
