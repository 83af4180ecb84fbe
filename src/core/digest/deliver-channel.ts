import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Instant } from '../paper.ts';
import type { ChannelRef, ChatPlatform, MessageRef, PostOptions } from '../platform.ts';
import { closeCircuit, findCircuit } from '../store/circuits.ts';
import { claim, markRest, markSent } from '../store/claims.ts';
import type { MarkFile } from '../store/mark-file.ts';
import { LONGEST_WAIT_MS } from '../store/wrong-clock.ts';
import { openDeliveries, type OpenDelivery } from '../store/deliveries.ts';
import type { Store } from '../store/open.ts';
import { recordFailure } from './failure.ts';

export interface ChannelOptions {
  readonly store: Store;
  readonly platform: ChatPlatform;
  readonly clock: Clock;
  readonly log: Log;
  /** Remembers each claim beside the database, which a backup may replace. */
  readonly beside?: MarkFile;
  /** No further page is begun once it is aborted. */
  readonly stopped: AbortSignal;
  /** Aborts the page under way. */
  readonly signal: AbortSignal;
}

/**
 * What became of one page: whether the next one follows, be it without those in threads, and when
 * else to come back.
 */
export type PageOutcome =
  | { readonly goesOn: true; readonly message?: string; readonly threadsRefuse?: true }
  | { readonly goesOn: false; readonly retryAt?: Instant };

/** A claim outlives every attempt: a platform gives up after 15 s. Rescue comes within a minute. */
const LEASE_MS = 60_000;

/** News of two days ago is no news: the next digest is. */
const TOO_LATE_MS = 48 * 3_600_000;
export const TOO_LATE = 'It was more than two days late.';

/**
 * Posts the pages of one channel in order until one fails. Each is claimed on disk before it is
 * posted and noted as sent after, so that a restart repeats at most the page that was in flight,
 * under the same key. A refusal that concerns the threads of digests keeps back those alone.
 * Resolves with the time from which it is worth coming back, if any.
 */
export async function deliverChannel(
  options: ChannelOptions,
  channel: ChannelRef,
): Promise<Instant | undefined> {
  const overviews = new Map<number, string>();
  const given = new Set<number>();
  let threadsRefuse = await doThreadsRefuse(options, channel);
  for (const delivery of await openDeliveries(options.store, channel)) {
    if (options.stopped.aborted) return undefined;
    if (given.has(delivery.digest)) continue;
    if (delivery.attemptedAt === undefined && isTooLate(delivery, options.clock())) {
      given.add(delivery.digest);
      await markRest(options.store, delivery, 'skipped', TOO_LATE);
      continue;
    }
    if (delivery.inThread && threadsRefuse) continue;
    const overview = delivery.overview ?? overviews.get(delivery.digest);
    const outcome = await deliverPage(options, delivery, overview);
    if (!outcome.goesOn) return outcome.retryAt;
    threadsRefuse ||= outcome.threadsRefuse === true;
    if (delivery.position > 0) continue;
    if (outcome.message === undefined) given.add(delivery.digest);
    else overviews.set(delivery.digest, outcome.message);
  }
  return undefined;
}

async function doThreadsRefuse(
  { store, clock }: ChannelOptions,
  channel: ChannelRef,
): Promise<boolean> {
  const circuit = await findCircuit(store, channel);
  return circuit?.threadsOnly === true && circuit.probeAt > clock().toISOString();
}

function isTooLate({ since }: OpenDelivery, now: Date): boolean {
  return now.getTime() - Date.parse(since) > TOO_LATE_MS;
}

async function deliverPage(
  options: ChannelOptions,
  delivery: OpenDelivery,
  overview: string | undefined,
): Promise<PageOutcome> {
  const { store, platform, clock } = options;
  const now = clock();
  if (mustWait(delivery, now)) return { goesOn: false, retryAt: delivery.retryAt };
  const leaseUntil = new Date(now.getTime() + LEASE_MS).toISOString();
  const claimed = await claimAside(options, delivery, now.toISOString(), leaseUntil);
  if (claimed === undefined) return { goesOn: false };
  let ref: MessageRef;
  try {
    const post = postOptions(claimed, now, overview, options.signal);
    ref = await platform.post(delivery.channel, delivery.message, post);
  } catch (error) {
    const inThread = delivery.inThread && overview !== undefined;
    return recordFailure(options, claimed, error, inThread);
  }
  await markSent(store, claimed, ref, clock().toISOString());
  await reopen(options, delivery);
  return { goesOn: true, message: ref.message };
}

async function claimAside(
  { store, beside }: ChannelOptions,
  delivery: OpenDelivery,
  now: Instant,
  leaseUntil: Instant,
): Promise<OpenDelivery | undefined> {
  const claimed = await claim(store, delivery, now, leaseUntil);
  if (claimed === undefined) return undefined;
  beside?.keep(claimed.mark);
  return claimed.delivery;
}

function mustWait(
  delivery: OpenDelivery,
  now: Date,
): delivery is OpenDelivery & { readonly retryAt: Instant } {
  const wait = Date.parse(delivery.retryAt ?? now.toISOString()) - now.getTime();
  return wait > 0 && wait <= LONGEST_WAIT_MS;
}

async function reopen({ store, log }: ChannelOptions, delivery: OpenDelivery): Promise<void> {
  const { channel } = delivery;
  if (await closeCircuit(store, channel, delivery)) {
    log.info({ channel }, 'a channel takes messages again');
  }
}

function postOptions(
  delivery: OpenDelivery,
  now: Date,
  overview: string | undefined,
  signal: AbortSignal,
): PostOptions {
  const { channel, localDate, occasion, position, attemptedAt, inThread, released } = delivery;
  const beside = occasion === 'slot' ? [] : [occasion];
  const names = [channel.platform, channel.tenant, channel.channel, localDate, position];
  const key = [...names, ...beside].join('|');
  return {
    key,
    signal,
    ...(attemptedAt !== undefined && { attemptedAt: notAfter(now, new Date(attemptedAt)) }),
    ...(released && { released }),
    ...(isTooLate(delivery, now) && { findOnly: true }),
    ...(inThread && overview !== undefined && { thread: { ...channel, message: overview } }),
  };
}

/** Where the clock was set back since, nobody knows when the attempt was: as long ago as can be. */
function notAfter(now: Date, attemptedAt: Date): Date {
  return attemptedAt <= now ? attemptedAt : new Date(now.getTime() - TOO_LATE_MS);
}
