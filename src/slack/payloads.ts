import type { Message } from '../core/index.ts';
import { pageId, toBody } from './body.ts';
import { renderPages } from './render.ts';
import { SLACK } from './settings.ts';

/** Stands for any channel, and for the name that Slack gives to the first message. */
const CHANNEL = 'C0';
const THREAD = '0.0';

interface PayloadPage {
  readonly message: Message;
  readonly inThread: boolean;
}

/** The bodies of the `chat.postMessage` calls that post a digest, in order. */
export function toPayloads(pages: readonly PayloadPage[]): object[] {
  const place = { platform: SLACK, tenant: 'T0', channel: CHANNEL };
  return pages.flatMap(({ message, inThread }, position) =>
    renderPages(message).map(({ shown }, index) => {
      const id = pageId(place, String(position), index);
      return toBody(CHANNEL, shown, id, inThread && position > 0 ? THREAD : undefined);
    }),
  );
}
