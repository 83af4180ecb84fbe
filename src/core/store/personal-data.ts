import type { ChannelRef, ReaderRef } from '../platform.ts';
import type { Kept, KeptSubscription } from '../privacy.ts';
import { arrivalsOf } from './arrivals.ts';
import { ownBookmarks } from './bookmarks.ts';
import { erasureOf } from './erasures.ts';
import { othersOf } from './libraries.ts';
import { codesOf, wrongCodes } from './link-codes.ts';
import type { Store } from './open.ts';
import { reactionsOf } from './reactions.ts';
import { subscriptionsOf } from './creators.ts';
import { inTransaction } from './transaction.ts';
import { troubles } from './troubles.ts';

/** Of all channels: far more than one bot has. */
const MOST_TROUBLES = 10_000;

const LEFT = 'The bot is no longer there.';

/** All that is kept about a reader, as of one moment. */
export function keptOf(store: Store, reader: ReaderRef): Promise<Kept> {
  return inTransaction(store, async (within) => {
    const wrong = await wrongCodes(within, reader);
    const erasedAt = await erasureOf(within, reader);
    return {
      bookmarks: await ownBookmarks(within, reader),
      reactions: await reactionsOf(within, reader),
      subscriptions: await ownSubscriptions(within, reader),
      joined: await othersOf(within, reader),
      codes: await codesOf(within, reader),
      ...(wrong && { wrongCodes: { count: wrong.count, since: new Date(wrong.since) } }),
      arrivals: await arrivalsOf(within, reader),
      ...(erasedAt !== undefined && { erasedAt: new Date(erasedAt) }),
    };
  });
}

async function ownSubscriptions(store: Store, reader: ReaderRef): Promise<KeptSubscription[]> {
  const all = await troubles(store, MOST_TROUBLES);
  return (await subscriptionsOf(store, reader)).map((each) => {
    const trouble = all.find(({ channel }) => isSame(channel, each.subscription.channel));
    return trouble === undefined ? each : { ...each, trouble: trouble.reason ?? LEFT };
  });
}

function isSame(one: ChannelRef, other: ChannelRef): boolean {
  return (
    one.platform === other.platform && one.tenant === other.tenant && one.channel === other.channel
  );
}
