import type { Instant } from '../paper.ts';
import type { ReaderRef } from '../platform.ts';
import type { Kept } from '../privacy.ts';
import { closeArrivalsOf } from './arrivals.ts';
import { disownSubscriptions } from './creators.ts';
import { READER_TABLES } from './departures.ts';
import { recordErasure } from './erasures.ts';
import { leaveLibrary, toReaderKey } from './libraries.ts';
import type { Store } from './open.ts';
import { keptOf } from './personal-data.ts';
import { forgetReactions } from './reactions.ts';
import { inTransaction } from './transaction.ts';

/** Deletes all that is kept about a reader, and returns what it was: see `Privacy`. */
export function erase(store: Store, reader: ReaderRef, now: Instant): Promise<Kept> {
  return inTransaction(store, async (within) => {
    const kept = await keptOf(within, reader);
    // First of all, since it looks for who is left.
    await leaveLibrary(within, reader);
    for (const table of READER_TABLES) {
      await within
        .deleteFrom(table)
        .where(({ eb }) => eb.and({ ...toReaderKey(reader) }))
        .execute();
    }
    await forgetReactions(within, reader);
    await disownSubscriptions(within, reader);
    await closeArrivalsOf(within, reader);
    await recordErasure(within, reader, now);
    return kept;
  });
}
