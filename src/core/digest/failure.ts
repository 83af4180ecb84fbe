import { DeliveryError } from '../errors.ts';
import type { Instant } from '../paper.ts';
import { findCircuit, putCircuit } from '../store/circuits.ts';
import { markFailed, markRest } from '../store/claims.ts';
import { type OpenDelivery } from '../store/deliveries.ts';
import { recordDeparture } from '../store/departures.ts';
import { TOO_LATE, type ChannelOptions, type PageOutcome } from './deliver-channel.ts';

/** The first wait after a failed post; it doubles with every attempt, up to an hour. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 3_600_000;

/** A channel that refuses us is asked again after an hour, then ever less often, up to a day. */
const FIRST_PROBE_MS = 3_600_000;
const LONGEST_PROBE_MS = 24 * 3_600_000;

/**
 * Notes what became of a page that was not posted, or perhaps was, and what follows from it. What
 * refuses a page `inThread` of an overview that stands is the thread, not the channel.
 */
export async function recordFailure(
  options: ChannelOptions,
  delivery: OpenDelivery,
  error: unknown,
  inThread: boolean,
): Promise<PageOutcome> {
  const { channel, digest, position } = delivery;
  options.log.warn({ channel, digest, position, err: error }, 'a page of a digest was not posted');
  if (!(error instanceof DeliveryError)) {
    return giveUp(options, delivery, 'It could not be shown here: the log says why.');
  }
  switch (error.kind) {
    case 'rate-limited':
    case 'unavailable':
      return tryLater(options, delivery, error, 'planned');
    case 'unknown-outcome':
      return tryLater(options, delivery, error, 'unknown');
    case 'rejected':
      return giveUp(options, delivery, error.message);
    case 'held':
      return giveUp(options, delivery, error.message, 'held');
    case 'absent':
      return giveUp(options, delivery, TOO_LATE, 'skipped');
    case 'no-access':
      return openCircuit(options, delivery, error.message, inThread);
    case 'channel-gone':
      return leaveChannel(options, delivery, error.message);
  }
}

async function tryLater(
  { store, clock }: ChannelOptions,
  delivery: OpenDelivery,
  error: DeliveryError,
  state: 'planned' | 'unknown',
): Promise<PageOutcome> {
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** (delivery.attempts - 1), LONGEST_RETRY_MS);
  const retryAt = later(clock(), error.retryAfterMs ?? backOff);
  const failure = { state, reason: error.message, retryAt };
  await markFailed(store, delivery, failure, delivery.attemptedAt);
  return { goesOn: false, retryAt };
}

/** One page that can't be posted stops no other; without its overview a digest is nothing. */
async function giveUp(
  { store }: ChannelOptions,
  delivery: OpenDelivery,
  reason: string,
  state: 'blocked' | 'held' | 'skipped' = 'blocked',
): Promise<PageOutcome> {
  await markFailed(store, delivery, { state, reason });
  if (delivery.position === 0) await markRest(store, delivery, state, reason);
  return { goesOn: true };
}

async function openCircuit(
  { store, clock }: ChannelOptions,
  delivery: OpenDelivery,
  reason: string,
  threadsOnly: boolean,
): Promise<PageOutcome> {
  const now = clock();
  const open = await findCircuit(store, delivery.channel);
  const failures = (open?.failures ?? 0) + 1;
  const wait = Math.min(FIRST_PROBE_MS * 2 ** (failures - 1), LONGEST_PROBE_MS);
  await markFailed(store, delivery, { state: 'planned', reason }, delivery.attemptedAt);
  await putCircuit(store, delivery.channel, {
    reason,
    openedAt: now.toISOString(),
    failures,
    probeAt: later(now, wait),
    threadsOnly,
  });
  return threadsOnly ? { goesOn: true, threadsRefuse: true } : { goesOn: false };
}

async function leaveChannel(
  { store, clock }: ChannelOptions,
  delivery: OpenDelivery,
  reason: string,
): Promise<PageOutcome> {
  await markFailed(store, delivery, { state: 'planned', reason }, delivery.attemptedAt);
  await recordDeparture(store, delivery.channel, clock().toISOString(), reason);
  return { goesOn: false };
}

function later(now: Date, ms: number): Instant {
  return new Date(now.getTime() + ms).toISOString();
}
