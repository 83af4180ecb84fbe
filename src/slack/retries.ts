import type { DeliveryError } from '../core/index.ts';

/** The wait before the second try; it doubles with every further one, up to five minutes. */
const FIRST_RETRY_MS = 1000;
const LONGEST = 300;

/** Tries of one arrival: with the waits between them they take an hour. */
const MOST_TRIES = 20;

/** Trying again changes nothing: a person has to. */
const FINAL: ReadonlySet<string> = new Set(['rejected', 'no-access', 'channel-gone', 'held']);

/**
 * How long to wait, in milliseconds, before what has failed so many times is tried again, which is
 * not before Slack wants it; undefined when it is given up.
 */
export function waitAfter(
  failures: number,
  { kind, retryAfterMs = 0 }: Pick<DeliveryError, 'kind' | 'retryAfterMs'>,
  firstMs = FIRST_RETRY_MS,
): number | undefined {
  if (failures >= MOST_TRIES || isFinal({ kind })) return undefined;
  return Math.max(retryAfterMs, firstMs * Math.min(2 ** (failures - 1), LONGEST));
}

export function isFinal({ kind }: Pick<DeliveryError, 'kind'>): boolean {
  return FINAL.has(kind);
}
