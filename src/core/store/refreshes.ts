import type { Message } from '../message.ts';
import type { Instant } from '../paper.ts';
import type { MessageRef } from '../platform.ts';
import { IS_TAKEN } from './circuits.ts';
import type { Store } from './open.ts';

const DAY_MS = 86_400_000;

/** For so long the votes of a posted page are kept up to date: a week, and the minutes of its last day. */
const REFRESHED_MS = 7 * DAY_MS + 3_600_000;

/** A posted page whose votes may have grown. */
export interface StandingPage {
  readonly digest: number;
  readonly position: number;
  readonly ref: MessageRef;
  readonly message: Message;
  readonly papers: readonly string[];
  readonly inThread: boolean;
  readonly sentAt: Instant;
}

/**
 * The pages whose votes are to be looked at by now, the longest due first; none in a channel that
 * refuses the bot.
 */
export async function pagesToRefresh(
  store: Store,
  now: Instant,
  most: number,
): Promise<StandingPage[]> {
  const rows = await store
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .select(['digest_id', 'position', 'message', 'papers', 'in_thread'])
    .select(['message_ref', 'message_channel', 'sent_at', 'platform', 'tenant', 'channel'])
    .where('refresh_at', '<=', now)
    .where(IS_TAKEN)
    // Older versions forgot what a page said, and not that it was to be refreshed.
    .where('message', '<>', '')
    .orderBy('refresh_at')
    .limit(most)
    .execute();
  return rows.map(({ platform, tenant, channel, message_channel, message_ref, ...row }) => ({
    digest: row.digest_id,
    position: row.position,
    ref: { platform, tenant, channel: message_channel ?? channel, message: message_ref ?? '' },
    message: JSON.parse(row.message) as Message,
    papers: JSON.parse(row.papers) as string[],
    inThread: row.in_thread === 1,
    sentAt: row.sent_at ?? now,
  }));
}

/** Sets when the page is next looked at, and what it says now where that has changed. */
export async function setRefresh(
  store: Store,
  { digest, position }: StandingPage,
  at: Instant | null,
  message?: Message,
): Promise<void> {
  await store
    .updateTable('deliveries')
    .set({ refresh_at: at, ...(message && { message: JSON.stringify(message) }) })
    .where('digest_id', '=', digest)
    .where('position', '=', position)
    .execute();
}

/** A day later; null once the page is a week old. */
export function nextRefresh({ sentAt }: StandingPage, now: Instant): Instant | null {
  const next = aDayAfter(now);
  return Date.parse(next) - Date.parse(sentAt) <= REFRESHED_MS ? next : null;
}

export function aDayAfter(instant: Instant): Instant {
  return new Date(Date.parse(instant) + DAY_MS).toISOString();
}
