import type { Instant } from '../paper.ts';
import type { MessageRef } from '../platform.ts';
import { IS_OPEN, type OpenDelivery } from './deliveries.ts';
import { aDayAfter } from './refreshes.ts';
import { recordMessagePapers } from './message-papers.ts';
import { countClaim, type OutboxMark } from './outbox-mark.ts';
import type { Store } from './open.ts';
import { inTransaction } from './transaction.ts';
import { freeUnposted } from './unposted.ts';

/** A page taken for one attempt. */
export interface Claim {
  /** With its new fence. */
  readonly delivery: OpenDelivery;
  /** To be kept beside the database before the page is posted. */
  readonly mark: OutboxMark;
}

/**
 * Takes the page for one attempt, before it is posted: on disk, so that a crash can't hide the
 * attempt. Undefined when it is taken, sent or held.
 */
export function claim(
  store: Store,
  delivery: OpenDelivery,
  now: Instant,
  leaseUntil: Instant,
): Promise<Claim | undefined> {
  return store.transaction().execute(async (transaction) => {
    const row = await take(transaction, delivery, now, leaseUntil);
    if (row === undefined) return undefined;
    return { delivery: { ...delivery, ...row }, mark: await countClaim(transaction, now) };
  });
}

function take(store: Store, delivery: OpenDelivery, now: Instant, leaseUntil: Instant) {
  return store
    .updateTable('deliveries')
    .set((set) => ({
      state: 'sending',
      attempts: set('attempts', '+', 1),
      fence: set('fence', '+', 1),
      // The first attempt's stays until its outcome is known: what it left is looked for since then.
      attempted_at: set.fn.coalesce('attempted_at', set.val(now)),
      lease_until: leaseUntil,
    }))
    .where('digest_id', '=', delivery.digest)
    .where('position', '=', delivery.position)
    .where('fence', '=', delivery.fence)
    .where((where) =>
      where.or([
        where('state', 'in', ['planned', 'unknown']),
        where('state', '=', 'sending').and('lease_until', 'is', null),
        where('state', '=', 'sending').and('lease_until', '<=', now),
      ]),
    )
    .returning(['fence', 'attempts'])
    .executeTakeFirst();
}

/** Ends all claims: for the one worker of the database, when it starts. Their outcome is unknown. */
export async function releaseClaims(store: Store): Promise<void> {
  await store
    .updateTable('deliveries')
    .set({ state: 'unknown', lease_until: null })
    .where('state', '=', 'sending')
    // Says where to look: the index of open pages.
    .where(IS_OPEN)
    .execute();
}

/**
 * Notes that the page stands as `ref`, which papers a reaction on it means, and when its votes are
 * next looked at.
 */
export async function markSent(
  store: Store,
  delivery: OpenDelivery,
  ref: MessageRef,
  now: Instant,
): Promise<void> {
  const showsVotes = delivery.papers.length > 0;
  await store.transaction().execute(async (transaction) => {
    await claimed(transaction, delivery)
      .set({
        state: 'sent',
        message_ref: ref.message,
        message_channel: ref.channel,
        sent_at: now,
        refresh_at: showsVotes ? aDayAfter(now) : null,
        reason: null,
        ...UNCLAIMED,
      })
      .execute();
    await recordMessagePapers(transaction, ref, delivery.papers, now);
  });
}

/** What came of an attempt that failed. */
export interface Failure {
  readonly state: 'planned' | 'unknown' | 'held' | 'blocked' | 'skipped';
  readonly reason: string;
  /** When it may be tried again; undefined for never, or whenever its channel is. */
  readonly retryAt?: Instant;
}

/**
 * Notes a failed attempt. Back to `planned` means that it surely left no trace: `earlier` says when
 * an attempt before it began that may have.
 */
export async function markFailed(
  store: Store,
  delivery: OpenDelivery,
  failure: Failure,
  earlier?: Instant,
): Promise<void> {
  const { state, reason, retryAt = null } = failure;
  await claimed(store, delivery)
    .set({
      state,
      reason,
      ...UNCLAIMED,
      retry_at: retryAt,
      ...(state === 'planned' && { attempted_at: earlier ?? null }),
    })
    // What was called off meanwhile stays so.
    .where('state', '=', 'sending')
    .execute();
}

/**
 * Gives up the pages of a digest that are still open. Where nothing of it can have been posted, its
 * papers come with a later one.
 */
export function markRest(
  store: Store,
  { digest, channel }: Pick<OpenDelivery, 'digest' | 'channel'>,
  state: 'held' | 'blocked' | 'skipped',
  reason: string,
): Promise<void> {
  return inTransaction(store, async (transaction) => {
    await transaction
      .updateTable('deliveries')
      .set({ state, reason, ...UNCLAIMED })
      .where('digest_id', '=', digest)
      .where(IS_OPEN)
      .execute();
    await freeUnposted(transaction, channel, [digest]);
  });
}

const UNCLAIMED = { lease_until: null, retry_at: null } as const;

/** Only who holds the newest claim may say what became of it. */
function claimed(store: Store, { digest, position, fence }: OpenDelivery) {
  return store
    .updateTable('deliveries')
    .where('digest_id', '=', digest)
    .where('position', '=', position)
    .where('fence', '=', fence);
}
