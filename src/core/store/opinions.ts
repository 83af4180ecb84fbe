import { sql } from 'kysely';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** What the people of one tenant made of a paper that was posted in a channel, counted. */
export interface Opinion {
  readonly id: string;
  readonly key: number;
  readonly title: string;
  /** Reactions that keep or like it. */
  readonly likes: number;
  readonly dislikes: number;
}

/**
 * The papers posted in a channel that somebody there reacted to, the newest first. Reactions count
 * on messages that show one paper alone, in the channel or its threads, and in this tenant only.
 */
export async function opinionsOf(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
  limit: number,
): Promise<Opinion[]> {
  const { rows } = await sql<Opinion>`
    SELECT papers.id, papers.key, papers.title,
      sum(reactions.emoji IN ('👍', '🔖')) AS likes, sum(reactions.emoji = '👎') AS dislikes
    FROM posted_papers AS posted
    JOIN message_papers AS shown
      ON shown.platform = posted.platform AND shown.tenant = posted.tenant
        AND shown.paper_id = posted.paper_id
    JOIN reactions
      ON reactions.platform = shown.platform AND reactions.tenant = shown.tenant
        AND reactions.channel = shown.channel AND reactions.message = shown.message
    JOIN papers ON papers.id = posted.paper_id
    WHERE posted.platform = ${platform} AND posted.tenant = ${tenant}
      AND posted.channel = ${channel}
      AND NOT EXISTS (
        SELECT 1 FROM message_papers AS other
        WHERE other.platform = shown.platform AND other.tenant = shown.tenant
          AND other.channel = shown.channel AND other.message = shown.message
          AND other.paper_id <> shown.paper_id
      )
    GROUP BY papers.key
    ORDER BY max(shown.posted_at) DESC, papers.id
    LIMIT ${limit}
  `.execute(store);
  return rows;
}
