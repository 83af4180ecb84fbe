import { sql } from 'kysely';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { isOfLibrary } from './libraries.ts';
import type { Store } from './open.ts';

/** What was made of a paper, counted: by the people of a channel, or by one reader. */
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
 * on messages that show one paper alone, in the channel or in the threads of its digests of the last
 * year: what is thought of a paper elsewhere is nothing that this channel may learn.
 */
export async function opinionsOf(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
  limit: number,
): Promise<Opinion[]> {
  // Joined in this order, since a channel has few places, and fewer messages with a reaction.
  const { rows } = await sql<Opinion>`
    WITH places AS (
      SELECT ${channel} AS channel
      UNION
      SELECT deliveries.message_channel
      FROM digests JOIN deliveries ON deliveries.digest_id = digests.id
      WHERE digests.platform = ${platform} AND digests.tenant = ${tenant}
        AND digests.channel = ${channel} AND deliveries.message_channel IS NOT NULL
    )
    SELECT papers.id, papers.key, papers.title,
      sum(reactions.emoji IN ('👍', '🔖')) AS likes, sum(reactions.emoji = '👎') AS dislikes
    FROM places
    CROSS JOIN reactions
      ON reactions.platform = ${platform} AND reactions.tenant = ${tenant}
        AND reactions.channel = places.channel
    CROSS JOIN message_papers AS shown
      ON shown.platform = reactions.platform AND shown.tenant = reactions.tenant
        AND shown.channel = reactions.channel AND shown.message = reactions.message
    JOIN posted_papers AS posted
      ON posted.platform = shown.platform AND posted.tenant = shown.tenant
        AND posted.channel = ${channel} AND posted.paper_id = shown.paper_id
    JOIN papers ON papers.id = posted.paper_id
    WHERE NOT EXISTS (
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

export interface OwnOpinion extends Opinion {
  /** Whether it is among the reader's bookmarks. */
  readonly saved: number;
}

const SAVER = sql`platform, tenant, reader`;
const REACTOR = sql`reactions.platform, reactions.reader_tenant, reactions.reader`;

/**
 * The papers that one reader saved, or reacted to where a message shows one paper alone, anywhere
 * that their library is joined with: the newest first. Nobody else's are among them.
 */
export async function opinionsOfReader(
  store: Store,
  reader: ReaderRef,
  limit: number,
): Promise<OwnOpinion[]> {
  const { rows } = await sql<OwnOpinion>`
    WITH acts AS (
      SELECT paper_id, max(saved_at) AS at, 1 AS likes, 0 AS dislikes, 1 AS saved
      FROM bookmarks
      WHERE ${isOfLibrary(SAVER, reader)}
      GROUP BY paper_id
      UNION ALL
      SELECT min(shown.paper_id), max(shown.posted_at), reactions.emoji = '👍',
        reactions.emoji = '👎', 0
      FROM reactions
      JOIN message_papers AS shown
        ON shown.platform = reactions.platform AND shown.tenant = reactions.tenant
          AND shown.channel = reactions.channel AND shown.message = reactions.message
      WHERE ${isOfLibrary(REACTOR, reader)} AND reactions.emoji IN ('👍', '👎')
      GROUP BY reactions.platform, reactions.tenant, reactions.channel, reactions.message,
        reactions.emoji, reactions.reader_tenant, reactions.reader
      HAVING count(*) = 1
    )
    SELECT papers.id, papers.key, papers.title, sum(acts.likes) AS likes,
      sum(acts.dislikes) AS dislikes, max(acts.saved) AS saved
    FROM acts JOIN papers ON papers.id = acts.paper_id
    GROUP BY papers.key
    ORDER BY max(acts.at) DESC, papers.id
    LIMIT ${limit}
  `.execute(store);
  return rows;
}
