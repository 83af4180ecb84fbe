import type { Clock } from '../clock.ts';
import { DeliveryError, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ChatPlatform, MessageRef, PostOptions } from '../platform.ts';
import {
  markBlocked,
  markRetry,
  markSending,
  markSent,
  openDeliveries,
  type OpenDelivery,
} from '../store/deliveries.ts';
import type { Store } from '../store/open.ts';

/** The first wait after a failed post; it doubles with every attempt, up to an hour. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

export interface DeliverOptions {
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Posts every planned page that may go now: channels side by side, the pages of a channel in
 * order. A page that fails holds back the later ones of its channel and nobody else's. Each page
 * is noted as sending before it is posted and as sent after, so that a restart repeats at most the
 * page that was in flight, under the same key. Rejects only when the database does.
 */
export async function deliver(options: DeliverOptions): Promise<void> {
  const queues = new Map<string, OpenDelivery[]>();
  for (const delivery of await openDeliveries(options.store)) {
    const { platform, tenant, channel } = delivery.channel;
    const name = JSON.stringify([platform, tenant, channel]);
    queues.set(name, [...(queues.get(name) ?? []), delivery]);
  }
  await Promise.all([...queues.values()].map((queue) => deliverChannel(options, queue)));
}

async function deliverChannel(options: DeliverOptions, queue: OpenDelivery[]): Promise<void> {
  const overviews = new Map<number, string>();
  for (const delivery of queue) {
    const overview = delivery.overview ?? overviews.get(delivery.digest);
    const posted = await deliverPage(options, delivery, overview);
    if (posted === undefined) return;
    if (delivery.position === 0) overviews.set(delivery.digest, posted.message);
  }
}

async function deliverPage(
  options: DeliverOptions,
  delivery: OpenDelivery,
  overview: string | undefined,
): Promise<MessageRef | undefined> {
  const { store, clock, platforms } = options;
  const platform = platforms.find(({ id }) => id === delivery.channel.platform);
  if (platform === undefined) return undefined;
  if (delivery.retryAt !== undefined && delivery.retryAt > clock().toISOString()) return undefined;
  await markSending(store, delivery, clock().toISOString());
  const ref = await post(options, platform, delivery, overview);
  if (ref !== undefined) await markSent(store, delivery, ref, clock().toISOString());
  return ref;
}

async function post(
  options: DeliverOptions,
  platform: ChatPlatform,
  delivery: OpenDelivery,
  overview: string | undefined,
): Promise<MessageRef | undefined> {
  try {
    const { channel, message } = delivery;
    return await platform.post(channel, message, postOptions(delivery, overview));
  } catch (error) {
    await recordFailure(options, delivery, error);
    return undefined;
  }
}

function postOptions(delivery: OpenDelivery, overview: string | undefined): PostOptions {
  const { platform, tenant, channel } = delivery.channel;
  const key = [platform, tenant, channel, delivery.localDate, delivery.position].join('|');
  const { attemptedAt, inThread } = delivery;
  return {
    key,
    ...(attemptedAt !== undefined && { attemptedAt: new Date(attemptedAt) }),
    ...(inThread &&
      overview !== undefined && { thread: { ...delivery.channel, message: overview } }),
  };
}

async function recordFailure(
  { store, clock, log }: DeliverOptions,
  delivery: OpenDelivery,
  error: unknown,
): Promise<void> {
  const { channel, digest, position } = delivery;
  log.warn({ channel, digest, position, err: error }, 'a page of a digest was not posted');
  if (!(error instanceof DeliveryError) || needsPerson(error)) {
    await markBlocked(store, delivery, messageOf(error));
    return;
  }
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** delivery.attempts, LONGEST_RETRY_MS);
  const wait = error.retryAfterMs ?? backOff;
  const retryAt = new Date(clock().getTime() + wait).toISOString();
  const certainlyNotPosted = error.kind !== 'unknown-outcome';
  await markRetry(store, delivery, { reason: error.message, retryAt, certainlyNotPosted });
}

function needsPerson(error: DeliveryError): boolean {
  return ['no-access', 'channel-gone', 'rejected'].includes(error.kind);
}
