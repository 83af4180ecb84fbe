import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.ts';

/** A start may wait this long for a service in one go; after that a person had better know. */
const LONGEST_WAIT_MS = 60_000;
const TRIES = 4;

/** The first wait for a service that is down or out of reach; it doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;

/** Why an attempt failed, for who may try again. */
export interface Setback {
  /** The service is down or out of reach, so that the same may well succeed later. */
  readonly isPassing: boolean;
  /** So long the service asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** For the log; holds no token. */
  readonly fields: object;
}

export interface Patience {
  /** For the log: `Discord`. */
  readonly service: string;
  readonly read: (error: unknown) => Setback;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Does what a start can't do without, and waits where the service asks for it, or is down: the
 * machine may have started before its network. Rejects as the work does when the service asks for a
 * long wait or again and again, when it refuses us, and once the signal is aborted.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  { service, read, log, signal }: Patience,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      const setback = read(error);
      const wait = waitAfter(setback, tried);
      if (wait === undefined) throw error;
      log.warn({ seconds: Math.ceil(wait / 1_000), ...setback.fields }, `waiting for ${service}`);
      await delay(wait, undefined, { signal });
    }
  }
}

function waitAfter({ isPassing, retryAfterMs }: Setback, tried: number): number | undefined {
  if (isPassing) return Math.min(FIRST_WAIT_MS * 2 ** (tried - 1), LONGEST_WAIT_MS);
  if (retryAfterMs === undefined) return undefined;
  return retryAfterMs <= LONGEST_WAIT_MS && tried < TRIES ? retryAfterMs : undefined;
}
