import { sql } from 'kysely';
import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { insertDigest, moveOn } from './digests.ts';
import type { Store } from './open.ts';

/** Slots that get no digest of their own, and why. */
export interface SkippedSlots {
  readonly channel: ChannelRef;
  readonly skipped: readonly DateString[];
  readonly reason: string;
  readonly nextDue: Date;
}

/** Notes slots that are skipped, so that `/papers status` can say so, and moves the subscription on. */
export async function skipDigests(store: Store, slots: SkippedSlots, now: Instant): Promise<void> {
  const { channel, skipped, reason } = slots;
  await store.transaction().execute(async (transaction) => {
    await moveOn(transaction, slots);
    for (const localDate of skipped) {
      const plan = { channel, localDate, listDate: undefined };
      const digest = await insertDigest(transaction, plan, now);
      if (digest !== undefined) await insertSkipped(transaction, digest, reason);
    }
  });
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
 * Skips the channel's digests of other days of which nothing was posted and surely nothing was
 * tried: their papers are free for the one of `localDate`, so that a channel which was shut gets
 * one digest, not many.
 */
export async function supersedeDigests(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
  localDate: DateString,
  reason: string,
): Promise<void> {
  await store.transaction().execute(async (transaction) => {
    const untouched = await transaction
      .selectFrom('digests')
      .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
      .select('digests.id')
      .where('platform', '=', platform)
      .where('tenant', '=', tenant)
      .where('channel', '=', channel)
      .where('local_date', '<>', localDate)
      .groupBy('digests.id')
      .having(
        sql<boolean>`sum(deliveries.state <> 'planned' OR deliveries.attempted_at IS NOT NULL) = 0`,
      )
      .execute();
    const ids = untouched.map(({ id }) => id);
    if (ids.length === 0) return;
    await transaction.deleteFrom('posted_papers').where('digest_id', 'in', ids).execute();
    await transaction
      .updateTable('digests')
      .set({ list_date: null })
      .where('id', 'in', ids)
      .execute();
    await transaction
      .updateTable('deliveries')
      .set({ state: 'skipped', reason })
      .where('digest_id', 'in', ids)
      .execute();
  });
}
