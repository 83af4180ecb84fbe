import { sql } from 'kysely';
import type { MessageRef, ReaderRef } from '../platform.ts';
import type { Kept } from '../privacy.ts';
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

/** All reactions of a reader, by message. */
export async function reactionsOf(
  store: Store,
  { platform, tenant, user }: ReaderRef,
): Promise<Kept['reactions']> {
  const { rows } = await sql<MessageRef & { readonly emoji: string; readonly titles: string }>`
    SELECT reactions.platform, reactions.tenant, reactions.channel, reactions.message, emoji,
      json_group_array(papers.title ORDER BY papers.key) FILTER (WHERE papers.key > 0) AS titles
    FROM reactions
    LEFT JOIN message_papers AS shown
      ON shown.platform = reactions.platform AND shown.tenant = reactions.tenant
        AND shown.channel = reactions.channel AND shown.message = reactions.message
    LEFT JOIN papers ON papers.id = shown.paper_id
    WHERE reactions.platform = ${platform} AND reader_tenant = ${tenant} AND reader = ${user}
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 2, 3, 4, 5
  `.execute(store);
  return rows.map(({ emoji, titles, ...message }) => ({
    emoji,
    message,
    titles: JSON.parse(titles) as string[],
  }));
}

export async function forgetReactions(
  store: Store,
  { platform, tenant, user }: ReaderRef,
): Promise<void> {
  await store
    .deleteFrom('reactions')
    .where(({ eb }) => eb.and({ platform, reader_tenant: tenant, reader: user }))
    .execute();
}

function toKey({ platform, tenant, channel, message }: MessageRef): MessageRef {
  return { platform, tenant, channel, message };
}
