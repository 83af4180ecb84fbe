import type { Transaction } from 'kysely';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { HeldDigest } from '../status.ts';
import type { Store } from './open.ts';
import type { Database } from './schema.ts';

const DROPPED = 'Whoever manages the channel said that it is not to be posted.';

/** A day, and what the earliest zone is ahead of UTC. */
const BEFORE_ITS_DAY_MS = 38 * 3_600_000;

/**
 * Lets the newest digest go whose pages the channel holds. Each is looked for from before its day
 * on, since nobody knows when an attempt was.
 */
export function releaseHeld(
  store: Store,
  channel: ChannelRef,
  now: Instant,
): Promise<HeldDigest | undefined> {
  return changeNewest(store, channel, (localDate, change) => {
    const begun = new Date(Date.parse(localDate) - BEFORE_ITS_DAY_MS).toISOString();
    return change.set((set) => ({
      state: 'planned',
      reason: null,
      released_at: now,
      attempted_at: set.fn.coalesce('attempted_at', set.val(begun)),
    }));
  });
}

/** Gives up the pages that the channel holds of its newest such digest. */
export function dropHeld(store: Store, channel: ChannelRef): Promise<HeldDigest | undefined> {
  return changeNewest(store, channel, (_localDate, change) =>
    change.set({ state: 'skipped', reason: DROPPED }),
  );
}

type Change = ReturnType<typeof changeHeld>;

function changeNewest(
  store: Store,
  channel: ChannelRef,
  set: (localDate: DateString, change: Change) => Change,
): Promise<HeldDigest | undefined> {
  return store.transaction().execute(async (transaction) => {
    const [newest, ...others] = await heldDigests(transaction, channel);
    if (newest === undefined) return undefined;
    const { id, local_date: localDate } = newest;
    const result = await set(localDate, changeHeld(transaction, id)).executeTakeFirst();
    return { localDate, pages: Number(result.numUpdatedRows), left: others.length };
  });
}

function changeHeld(transaction: Transaction<Database>, digest: number) {
  return transaction
    .updateTable('deliveries')
    .set({ lease_until: null, retry_at: null })
    .where('digest_id', '=', digest)
    .where('state', '=', 'held');
}

function heldDigests(store: Store, { platform, tenant, channel }: ChannelRef) {
  return store
    .selectFrom('digests')
    .select(['id', 'local_date'])
    .where('platform', '=', platform)
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .where('id', 'in', (held) =>
      held.selectFrom('deliveries').select('digest_id').where('state', '=', 'held'),
    )
    .orderBy('id', 'desc')
    .execute();
}
