import type { Instant } from '../paper.ts';
import type { MessageRef } from '../platform.ts';
import type { Store } from './open.ts';

/** Remembers which papers a posted message shows. */
export async function recordMessagePapers(
  store: Store,
  ref: MessageRef,
  papers: readonly string[],
  now: Instant,
): Promise<void> {
  if (papers.length === 0) return;
  const { platform, tenant, channel, message } = ref;
  await store
    .insertInto('message_papers')
    .values(
      papers.map((paper) => ({
        platform,
        tenant,
        channel,
        message,
        paper_id: paper,
        posted_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The papers that a posted message shows; none when the message isn't ours. */
export async function papersOfMessage(store: Store, ref: MessageRef): Promise<string[]> {
  const rows = await store
    .selectFrom('message_papers')
    .select('paper_id')
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .where('message', '=', ref.message)
    .execute();
  return rows.map((row) => row.paper_id);
}

/** When a message with papers was posted; the empty text for one of long ago, or not ours. */
export async function postedAt(store: Store, ref: MessageRef): Promise<Instant> {
  const { platform, tenant, channel, message } = ref;
  const row = await store
    .selectFrom('message_papers')
    .select('posted_at')
    .where(({ eb }) => eb.and({ platform, tenant, channel, message }))
    .executeTakeFirst();
  return row?.posted_at ?? '';
}

/** The messages with papers that a platform has posted since then, newest first. */
export async function messagesSince(
  store: Store,
  platform: string,
  since: Instant,
): Promise<MessageRef[]> {
  return store
    .selectFrom('message_papers')
    .select(['platform', 'tenant', 'channel', 'message'])
    .distinct()
    .where('platform', '=', platform)
    .where('posted_at', '>=', since)
    .orderBy('posted_at', 'desc')
    .execute();
}
