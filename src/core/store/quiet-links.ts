import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** Whether links to papers that people paste in the channel are shown as cards: unless it says no. */
export async function showsLinks(store: Store, channel: ChannelRef): Promise<boolean> {
  const { platform, tenant, channel: name } = channel;
  const row = await store
    .selectFrom('quiet_links')
    .select('channel')
    .where('platform', '=', platform)
    .where('tenant', '=', tenant)
    .where('channel', '=', name)
    .executeTakeFirst();
  return row === undefined;
}

/** Turns the cards of a channel on or off. */
export async function setLinks(store: Store, ref: ChannelRef, shown: boolean): Promise<void> {
  const { platform, tenant, channel } = ref;
  const row = { platform, tenant, channel };
  if (shown) {
    await store
      .deleteFrom('quiet_links')
      .where(({ eb }) => eb.and(row))
      .execute();
  } else {
    await store
      .insertInto('quiet_links')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
