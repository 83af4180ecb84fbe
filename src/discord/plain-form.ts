import type { Log } from '../core/index.ts';
import type { MessageBody } from './body.ts';
import { isBadContent, toLogFields } from './errors.ts';
import { renderPlainly, type Page } from './render.ts';

/** Sends a page; where Discord refuses its form, once more in plain words. Rejects as `send` does. */
export async function inSomeForm<Result>(
  { log, channel }: { readonly log: Log; readonly channel: string },
  page: Page,
  send: (body: MessageBody, isPlain: boolean) => Promise<Result>,
): Promise<Result> {
  try {
    return await send(page.body, false);
  } catch (error) {
    if (!isBadContent(error)) throw error;
    log.error({ channel, ...toLogFields(error) }, 'Discord refused a message’s form');
    return send(renderPlainly(page), true);
  }
}
