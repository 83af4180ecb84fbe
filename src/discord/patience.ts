import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../core/index.ts';
import { isPassing, toDeliveryError, toLogFields } from './errors.ts';

/** A start may wait this long for Discord in one go; after that a person had better know. */
const LONGEST_WAIT_MS = 60_000;
const TRIES = 4;

/** The first wait for a Discord that is down or out of reach; it doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;

/**
 * Does what a start can't do without, and waits where Discord asks for it, or is down: the machine
 * may have started before its network. Rejects as the work does when Discord asks for a long wait
 * or again and again, when it refuses us, and once the signal is aborted.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  log: Log,
  signal: AbortSignal,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      const wait = waitAfter(error, tried);
      if (wait === undefined) throw error;
      log.warn({ seconds: Math.ceil(wait / 1_000), ...toLogFields(error) }, 'waiting for Discord');
      await delay(wait, undefined, { signal });
    }
  }
}

function waitAfter(error: unknown, tried: number): number | undefined {
  if (isPassing(error)) return Math.min(FIRST_WAIT_MS * 2 ** (tried - 1), LONGEST_WAIT_MS);
  const { kind, retryAfterMs = 0 } = toDeliveryError(error);
  const isShort = kind === 'rate-limited' && retryAfterMs <= LONGEST_WAIT_MS && tried < TRIES;
  return isShort ? retryAfterMs : undefined;
}
