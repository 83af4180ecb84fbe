import { Routes } from 'discord.js';
import { DeliveryError, link, paragraph } from '../core/index.ts';
import type { ChannelRef, Message, ReaderRef } from '../core/index.ts';
import type { Session } from './session.ts';
import { DIRECT, PLATFORM } from './settings.ts';

/** Writes a direct message that begins with the channel that it is about. */
export async function tell(
  { wire, post }: Session,
  { platform, user }: ReaderRef,
  about: ChannelRef,
  message: Message,
  key: string,
): Promise<void> {
  if (platform !== PLATFORM || !/^\d{1,20}$/.test(user)) {
    throw new DeliveryError('rejected', 'That is nobody on Discord.');
  }
  const { id } = await wire.ask<{ readonly id: string }>({
    method: 'POST',
    path: Routes.userChannels(),
    body: { recipient_id: user },
  });
  const place = { platform: PLATFORM, tenant: DIRECT, channel: id };
  const blocks = [headline(wire.client, about), ...message.blocks];
  await post(place, { ...message, blocks }, { key });
}

function headline({ channels, guilds }: Session['wire']['client'], about: ChannelRef) {
  const channel = channels.cache.get(about.channel);
  const name = channel !== undefined && 'name' in channel ? `#${channel.name ?? ''}` : 'a channel';
  const server = guilds.cache.get(about.tenant)?.name;
  const url = `https://discord.com/channels/${about.tenant}/${about.channel}`;
  return paragraph('About ', link(name, url), server === undefined ? ':' : ` in ${server}:`);
}
