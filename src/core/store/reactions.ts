import type { MessageRef, ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';

/** Notes that a reader has put the emoji on a message, or has taken it away. */
export async function recordReaction(
  store: Store,
  message: MessageRef,
  emoji: string,
  reader: ReaderRef,
  added: boolean,
): Promise<void> {
  const key = {
    ...toKey(message),
    emoji,
    reader_tenant: reader.tenant,
    reader: reader.user,
  };
  if (added) {
    await store
      .insertInto('reactions')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else {
    await store
      .deleteFrom('reactions')
      .where(({ eb }) => eb.and(key))
      .execute();
  }
}

/** The readers known to have the emoji on a message. */
export async function reactorsOf(
  store: Store,
  message: MessageRef,
  emoji: string,
): Promise<ReaderRef[]> {
  const rows = await store
    .selectFrom('reactions')
    .select(['reader_tenant', 'reader'])
    .where(({ eb }) => eb.and({ ...toKey(message), emoji }))
    .execute();
  return rows.map(({ reader_tenant, reader }) => ({
    platform: message.platform,
    tenant: reader_tenant,
    user: reader,
  }));
}

function toKey({ platform, tenant, channel, message }: MessageRef): MessageRef {
  return { platform, tenant, channel, message };
}
