import { z } from 'zod';
import { toPaperId } from '../core/index.ts';

/** https://docs.slack.dev/reference/events/link_shared */
const LinkShared = z.object({
  channel: z.string(),
  message_ts: z.string(),
  is_bot_user_member: z.literal(true),
  // While a message is being written no one knows in which channel it will stand.
  source: z.literal('conversations_history'),
  links: z.array(z.object({ url: z.string() })),
});

export interface Pasted {
  readonly channel: string;
  readonly ts: string;
  readonly urls: readonly string[];
}

/** The links of a message that stands in a channel which the bot is in; undefined for all else. */
export function readPasted(event: unknown): Pasted | undefined {
  const shared = LinkShared.safeParse(event).data;
  if (shared === undefined) return undefined;
  const { channel, message_ts: ts, links } = shared;
  return { channel, ts, urls: links.map(({ url }) => url) };
}

/** Whether a paper was pasted where the bot can see it. */
export function isPasted(event: unknown): boolean {
  return readPasted(event)?.urls.some((url) => toPaperId(url) !== undefined) === true;
}
