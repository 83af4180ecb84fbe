import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef, MessageRef } from '../platform.ts';
import { isPresent } from './departures.ts';
import { recordMessagePapers } from './message-papers.ts';
import type { Store } from './open.ts';

/** One page of a digest that is not posted yet. */
export interface OpenDelivery {
  readonly digest: number;
  readonly position: number;
  readonly channel: ChannelRef;
  readonly localDate: DateString;
  readonly message: Message;
  readonly papers: readonly string[];
  readonly attempts: number;
  /** When the last attempt began; it may have reached the service. */
  readonly attemptedAt?: Instant;
  readonly inThread: boolean;
  /** Not before this instant. */
  readonly retryAt?: Instant;
  /** The overview's message, once it is posted. */
  readonly overview?: string;
}

/** Every page that is not posted yet, in the order of posting within each channel. */
export async function openDeliveries(store: Store): Promise<OpenDelivery[]> {
  const rows = await selectOpen(store).execute();
  return rows.map(toOpenDelivery);
}

function selectOpen(store: Store) {
  return store
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .leftJoin('deliveries as overview', (join) =>
      join.onRef('overview.digest_id', '=', 'deliveries.digest_id').on('overview.position', '=', 0),
    )
    .select([
      'deliveries.digest_id as digest',
      'deliveries.position',
      'deliveries.message',
      'deliveries.papers',
      'deliveries.attempts',
      'deliveries.retry_at',
      'deliveries.attempted_at',
      'deliveries.in_thread',
      'overview.message_ref as overview',
      'digests.platform',
      'digests.tenant',
      'digests.channel',
      'digests.local_date as localDate',
    ])
    .where('deliveries.state', 'in', ['planned', 'sending'])
    .where(isPresent('digests'))
    .orderBy('deliveries.digest_id')
    .orderBy('deliveries.position');
}

type OpenRow = Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>;

function toOpenDelivery(row: OpenRow): OpenDelivery {
  const { digest, position, localDate, attempts, retry_at, attempted_at, overview } = row;
  const { platform, tenant, channel } = row;
  return {
    digest,
    position,
    localDate,
    attempts,
    channel: { platform, tenant, channel },
    message: JSON.parse(row.message) as Message,
    papers: JSON.parse(row.papers) as string[],
    inThread: row.in_thread === 1,
    ...(attempted_at !== null && { attemptedAt: attempted_at }),
    ...(retry_at !== null && { retryAt: retry_at }),
    ...(overview !== null && { overview }),
  };
}

/** Notes, before posting, that the page is about to be posted. */
export async function markSending(
  store: Store,
  delivery: OpenDelivery,
  now: Instant,
): Promise<void> {
  await update(store, delivery)
    .set((set) => ({ state: 'sending', attempts: set('attempts', '+', 1), attempted_at: now }))
    .execute();
}

/** Notes that the page stands as `ref`, and which papers a reaction on it means. */
export async function markSent(
  store: Store,
  delivery: OpenDelivery,
  ref: MessageRef,
  now: Instant,
): Promise<void> {
  await store.transaction().execute(async (transaction) => {
    await update(transaction, delivery)
      .set({ state: 'sent', message_ref: ref.message, sent_at: now, reason: null, retry_at: null })
      .execute();
    await recordMessagePapers(transaction, ref, delivery.papers, now);
  });
}

/**
 * Notes a failure after which the page is tried again at `retryAt`. With `certainlyNotPosted` the
 * attempt has left no trace, so nobody need look for its message.
 */
export async function markRetry(
  store: Store,
  delivery: OpenDelivery,
  failure: { reason: string; retryAt: Instant; certainlyNotPosted: boolean },
): Promise<void> {
  const { reason, retryAt, certainlyNotPosted } = failure;
  const attempted = certainlyNotPosted ? { attempted_at: delivery.attemptedAt ?? null } : {};
  await update(store, delivery)
    .set({ state: 'planned', reason, retry_at: retryAt, ...attempted })
    .execute();
}

/** Notes that this page and all after it in its digest wait for a person. */
export async function markBlocked(
  store: Store,
  delivery: OpenDelivery,
  reason: string,
): Promise<void> {
  await store
    .updateTable('deliveries')
    .set({ state: 'blocked', reason })
    .where('digest_id', '=', delivery.digest)
    .where('position', '>=', delivery.position)
    .execute();
}

function update(store: Store, { digest, position }: OpenDelivery) {
  return store
    .updateTable('deliveries')
    .where('digest_id', '=', digest)
    .where('position', '=', position);
}
