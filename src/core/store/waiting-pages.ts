import { sql } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { IS_OPEN, pagesByChannel } from './deliveries.ts';
import { isPresent } from './departures.ts';
import type { Store } from './open.ts';

/** A channel with pages that wait to be posted, though nothing is known to be wrong there. */
export interface WaitingPages {
  readonly channel: ChannelRef;
  /** What went wrong last; absent where nobody has tried. */
  readonly reason?: string;
  /** When the oldest was planned, or let go by a person. */
  readonly since: Instant;
  readonly nextTry?: Instant;
}

/** The channels with pages that could be posted, the oldest first; not those that refuse the bot. */
export async function waitingPages(store: Store, most: number): Promise<WaitingPages[]> {
  const rows = await pagesByChannel(store)
    .select(({ fn }) => [
      fn.max('deliveries.reason').as('reason'),
      fn.min('deliveries.retry_at').as('nextTry'),
      fn.min<Instant>(fn.coalesce('released_at', 'planned_at')).as('since'),
    ])
    .where(IS_OPEN)
    .where(isPresent('digests'))
    .where(
      sql<boolean>`NOT EXISTS (
        SELECT 1 FROM circuits WHERE circuits.platform = digests.platform
          AND circuits.tenant = digests.tenant AND circuits.channel = digests.channel
      )`,
    )
    .orderBy('since')
    .limit(most)
    .execute();
  return rows.map(({ platform, tenant, channel, since, reason, nextTry }) => ({
    channel: { platform, tenant, channel },
    since,
    ...(reason !== null && { reason }),
    ...(nextTry !== null && { nextTry }),
  }));
}
