import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { pagesByChannel, withChannel } from './deliveries.ts';
import type { Store } from './open.ts';
import type { Trouble, Untold } from './troubles.ts';

/** A channel with pages that are held. */
export interface HeldPages {
  readonly channel: ChannelRef;
  readonly reason: string;
  readonly since: Instant;
}

/** Said as it is: a bound value would not be seen to lie in the index of what is held. */
const IS_HELD = sql<SqlBool>`deliveries.state = 'held'`;

/** The channels with pages that may stand already, the oldest first. */
export async function heldPages(store: Store, most: number): Promise<HeldPages[]> {
  return (await heldByChannel(store).limit(most).execute()).map(withChannel);
}

/** The subscribed ones of a platform with something held that nobody was told of, the oldest first. */
export function untoldHeld(store: Store, most: number, { platform, now }: Untold) {
  return (
    heldByChannel(store)
      .innerJoin('subscriptions', (join) =>
        join
          .onRef('subscriptions.platform', '=', 'digests.platform')
          .onRef('subscriptions.tenant', '=', 'digests.tenant')
          .onRef('subscriptions.channel', '=', 'digests.channel'),
      )
      .select(['created_by', 'created_in', 'timezone'])
      // The plus keeps SQLite from going through all digests of the platform.
      .where(sql<SqlBool>`+digests.platform = ${platform}`)
      .where('digests.told_at', 'is', null)
      .where(sql<SqlBool>`coalesce(digests.tell_at, '') <= ${now}`)
      .where('created_by', '<>', '')
      .limit(most)
      .execute()
  );
}

/** Notes when the manager was told of what the channel holds since then, or is to be. */
export async function markHeld(
  store: Store,
  { channel: { platform, tenant, channel }, since }: Pick<Trouble, 'channel' | 'since'>,
  noted: { readonly told_at: Instant | null; readonly tell_at: Instant | null },
): Promise<void> {
  await store
    .updateTable('digests')
    .set(noted)
    .where(({ eb }) => eb.and({ platform, tenant, channel }))
    .where('planned_at', '>=', since)
    .where('id', 'in', (held) => held.selectFrom('deliveries').select('digest_id').where(IS_HELD))
    .execute();
}

function heldByChannel(store: Store) {
  return pagesByChannel(store)
    .select(({ fn }) => [
      fn.max('deliveries.reason').as('reason'),
      fn.min('digests.planned_at').as('since'),
    ])
    .where(IS_HELD)
    .orderBy('since');
}
