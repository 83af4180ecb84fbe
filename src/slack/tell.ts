import { DeliveryError, link, paragraph } from '../core/index.ts';
import type { ChannelRef, Message, ReaderRef } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import type { Poster } from './post.ts';
import { SLACK } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

/** Writes a direct message, in the channel's workspace, that begins with a link to the channel. */
export async function tell(
  { workspaces, poster }: { readonly workspaces: Workspaces; readonly poster: Poster },
  { platform, user }: ReaderRef,
  about: ChannelRef,
  message: Message,
  key: string,
): Promise<void> {
  const workspace = platform === SLACK ? workspaces.get(about.tenant) : undefined;
  if (workspace === undefined) {
    throw new DeliveryError('no-access', 'Paperboy is not installed in that workspace.');
  }
  const url = `https://slack.com/app_redirect?team=${about.tenant}&channel=${about.channel}`;
  const blocks = [paragraph('About ', link('a channel', url), ' of yours:'), ...message.blocks];
  const channel = await openDirect(workspace, user);
  const place = { platform: SLACK, tenant: about.tenant, channel };
  await poster.post(place, { ...message, blocks }, { key });
}

async function openDirect(
  { client }: NonNullable<ReturnType<Workspaces['get']>>,
  user: string,
): Promise<string> {
  try {
    const { channel } = await client.conversations.open({ users: user });
    return channel?.id ?? '';
  } catch (error) {
    throw toDeliveryError(error);
  }
}
