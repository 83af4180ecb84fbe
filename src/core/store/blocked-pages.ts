import { sql, type SqlBool } from 'kysely';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { pagesByChannel, withChannel } from './deliveries.ts';
import { isPresent } from './departures.ts';
import type { Store } from './open.ts';

/** A channel with pages that will not be posted: its service would not have them. */
export interface BlockedPages {
  readonly channel: ChannelRef;
  /** Of the newest such digest. */
  readonly localDate: DateString;
  readonly reason: string;
  readonly since: Instant;
}

/** Said as it is: a bound value would not be seen to lie in the index of what is blocked. */
export const IS_BLOCKED = sql<SqlBool>`deliveries.state = 'blocked'`;

/** The channels where the bot is with a digest planned after then that could not be posted. */
export async function blockedPages(
  store: Store,
  most: number,
  after: Instant,
): Promise<BlockedPages[]> {
  const rows = await pagesByChannel(store)
    // Beside the one maximum, SQLite gives the columns of the row that holds it.
    .select(({ fn }) => fn.max('digests.planned_at').as('since'))
    .select(['digests.local_date as localDate', 'deliveries.reason'])
    .where(IS_BLOCKED)
    .where('digests.planned_at', '>', after)
    .where(isPresent('digests'))
    .orderBy('since')
    .limit(most)
    .execute();
  return rows.map(withChannel);
}
