import { sql } from 'kysely';
import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Subscription } from '../subscription.ts';
import { openDigests } from './deliveries.ts';
import { insertDigest, writeDigest, type DigestPlan } from './digests.ts';
import type { Store } from './open.ts';
import { moveOn } from './next-due.ts';
import { getSubscription } from './subscriptions.ts';
import { freeUnposted } from './unposted.ts';

/** What becomes of the slots of a subscription that have come. */
export interface SlotsPlan {
  /** As `getSubscription` gave it: the plan is void once it is changed or ended. */
  readonly subscription: Subscription;
  readonly nextDue: Date;
  /** Slots that get no digest of their own, and why; none if absent. */
  readonly skipped?: readonly SkippedSlots[];
  /** Digests that the new one stands in for, which are not posted. */
  readonly superseded?: SupersededDigests;
  readonly digest?: DigestPlan;
}

export interface SkippedSlots {
  readonly days: readonly DateString[];
  readonly reason: string;
  /** The oldest list that they were to draw from, where that is known. */
  readonly firstList?: DateString | undefined;
}

export interface SupersededDigests {
  /** As `untouchedDigests` gave them: the plan is void once anything of them was tried. */
  readonly ids: readonly number[];
  readonly reason: string;
}

/**
 * Writes what becomes of the slots and moves the subscription to its next one, in one transaction:
 * after a crash all is so or nothing. False when the plan was void, and nothing was written.
 */
export function planSlots(store: Store, plan: SlotsPlan, now: Instant): Promise<boolean> {
  const { subscription, nextDue, skipped = [], superseded, digest } = plan;
  const { channel } = subscription;
  return store.transaction().execute(async (transaction) => {
    const current = await getSubscription(transaction, channel);
    if (JSON.stringify(current) !== JSON.stringify(subscription)) return false;
    if (superseded && !(await supersede(transaction, channel, superseded))) return false;
    await moveOn(transaction, channel, nextDue);
    for (const each of skipped) await noteSkipped(transaction, channel, each, now);
    if (digest) await writeDigest(transaction, digest, now);
    return true;
  });
}

/** Notes slots that are skipped, so that `/papers status` can say so. */
async function noteSkipped(
  store: Store,
  channel: ChannelRef,
  { days, reason, firstList }: SkippedSlots,
  now: Instant,
): Promise<void> {
  for (const localDate of days) {
    const digest = await insertDigest(
      store,
      { channel, localDate, listDate: undefined, firstList },
      now,
    );
    if (digest !== undefined) await insertSkipped(store, digest, reason);
  }
}

async function insertSkipped(store: Store, digest: number, reason: string): Promise<void> {
  const message: Message = { summary: reason, blocks: [] };
  await store
    .insertInto('deliveries')
    .values({
      digest_id: digest,
      position: 0,
      message: JSON.stringify(message),
      papers: '[]',
      in_thread: 0,
      state: 'skipped',
      reason,
    })
    .execute();
}

/**
 * The channel's digests of other days of which nothing was posted and surely nothing was tried: one
 * may stand in for them all, so that a channel which was shut gets one digest, not many.
 */
export async function untouchedDigests(
  store: Store,
  channel: ChannelRef,
  otherThan: DateString = '',
): Promise<number[]> {
  const open = await openDigests(store, channel);
  if (open.length === 0) return [];
  const rows = await store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select('digests.id')
    .where('digests.id', 'in', open)
    .where('local_date', '<>', otherThan)
    .groupBy('digests.id')
    .having(
      sql<boolean>`sum(deliveries.state <> 'planned' OR deliveries.attempted_at IS NOT NULL) = 0`,
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Skips these digests and frees their papers; false, and nothing done, when one was tried. */
async function supersede(
  store: Store,
  channel: ChannelRef,
  { ids, reason }: SupersededDigests,
): Promise<boolean> {
  const untouched = new Set(await untouchedDigests(store, channel));
  if (!ids.every((id) => untouched.has(id))) return false;
  const skipped = { state: 'skipped', reason };
  await store.updateTable('deliveries').set(skipped).where('digest_id', 'in', ids).execute();
  await freeUnposted(store, channel, ids);
  return true;
}
