import type { types } from '@slack/bolt';
import type { Inbox, LinkCard, Log } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import { firstTaken } from './fallbacks.ts';
import type { Intake } from './intake.ts';
import { readPasted, type Pasted } from './pasted.ts';
import { renderMessage, withoutPictures } from './render.ts';
import { isFinal } from './retries.ts';
import { SLACK } from './settings.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface LinkParts {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly log: Log;
}

/** Shows papers that somebody pasted a link to as cards under the message. */
export function handleLinks(app: Intake, { inbox, workspaces, log }: LinkParts): void {
  app.event('link_shared', async ({ event, context: { teamId: tenant = '' } }) => {
    const pasted = readPasted(event);
    const workspace = workspaces.get(tenant);
    if (pasted === undefined || workspace === undefined) return;
    const place = { platform: SLACK, tenant, channel: pasted.channel };
    const cards = await inbox.linked(place, pasted.urls);
    if (cards.length === 0) return;
    await unfurl(workspace, pasted, cards).catch((error: unknown) => {
      const failure = toDeliveryError(error);
      if (!isFinal(failure)) throw failure;
      // The message is gone, say, or an admin wants no previews.
      log.info({ tenant, detail: failure.message }, 'Slack wants no card for a link');
    });
  });
}

async function unfurl(
  { client }: Workspace,
  { channel, ts }: Pasted,
  cards: readonly LinkCard[],
): Promise<void> {
  const whole = cards.map(({ url, message }) => ({ url, blocks: renderMessage(message).blocks }));
  const bare = whole.map(({ url, blocks }) => ({ url, blocks: withoutPictures(blocks) }));
  await firstTaken([whole, bare], (way) =>
    client.chat.unfurl({ channel, ts, unfurls: toUnfurls(way) }),
  );
}

interface Unfurled {
  readonly url: string;
  readonly blocks: readonly types.KnownBlock[];
}

function toUnfurls(way: readonly Unfurled[]): Record<string, { blocks: types.KnownBlock[] }> {
  return Object.fromEntries(way.map(({ url, blocks }) => [url, { blocks: [...blocks] }]));
}
