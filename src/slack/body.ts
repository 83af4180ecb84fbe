import { createHash } from 'node:crypto';
import type { ChannelRef } from '../core/index.ts';
import type { Rendered } from './render.ts';

/** What our messages' metadata is called. It holds a hash and nothing else. */
export const METADATA_TYPE = 'paperboy_page';

/** Nothing in the text is read as markup, and no link is shown again as a preview. */
const LITERAL = {
  mrkdwn: false,
  parse: 'none',
  unfurl_links: false,
  unfurl_media: false,
} as const;

/** The page's name in Slack's metadata, which every member can read: it must say nothing. */
export function pageId({ tenant, channel }: ChannelRef, key: string, page: number): string {
  const name = JSON.stringify([tenant, channel, key, page]);
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** What is shown, as Slack's methods take it: without blocks where there are none. */
export function contentOf({ text, blocks }: Rendered) {
  return { text, ...(blocks.length > 0 && { blocks: [...blocks] }), ...LITERAL };
}

/** The arguments of `chat.postMessage`. */
export function toBody(channel: string, shown: Rendered, id: string, thread?: string) {
  return {
    channel,
    ...contentOf(shown),
    ...(thread !== undefined && { thread_ts: thread }),
    metadata: { event_type: METADATA_TYPE, event_payload: { id } },
  };
}
