import { ChannelType, Routes, type Client } from 'discord.js';
import { DeliveryError, type ChannelRef } from '../core/index.ts';
import type { Ask } from './rest.ts';
import { DIRECT, PLATFORM } from './settings.ts';

/** What a channel is, as far as posting goes. */
export interface Place {
  readonly id: string;
  readonly kind: 'text' | 'announcement' | 'forum' | 'thread' | 'chat' | 'direct';
  /** Absent in direct messages. */
  readonly guild?: string;
  /** Of a forum: the tag for our posts, where it wants one. */
  readonly tag?: string;
}

const KINDS: Readonly<Record<number, Place['kind']>> = {
  [ChannelType.GuildText]: 'text',
  [ChannelType.GuildAnnouncement]: 'announcement',
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildMedia]: 'forum',
  [ChannelType.AnnouncementThread]: 'thread',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
  [ChannelType.DM]: 'direct',
  // What stands beside a voice or a stage takes messages, but no threads.
  [ChannelType.GuildVoice]: 'chat',
  [ChannelType.GuildStageVoice]: 'chat',
};

interface RawChannel {
  readonly id: string;
  readonly type: number;
  readonly guild_id?: string;
  readonly flags?: number;
  readonly available_tags?: readonly Tag[];
}

interface Tag {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

/**
 * The place that a ref names: from the gateway's knowledge, else asked of Discord. Rejects with
 * `DeliveryError`, or as `Ask` does.
 */
export async function findPlace(client: Client, ask: Ask, ref: ChannelRef): Promise<Place> {
  if (ref.platform !== PLATFORM || !/^\d{1,20}$/.test(ref.channel)) {
    throw new DeliveryError('channel-gone', 'That is no channel of Discord.');
  }
  if (client.guilds.cache.get(ref.tenant)?.available === false) {
    throw new DeliveryError('unavailable', 'Discord has an outage of that server.');
  }
  const raw = known(client, ref.channel) ?? (await ask<RawChannel>(getChannel(ref)));
  const kind = KINDS[raw.type];
  if (kind === undefined) {
    throw new DeliveryError('rejected', 'That kind of channel takes no messages.');
  }
  if ((raw.guild_id ?? DIRECT) !== ref.tenant) {
    throw new DeliveryError('channel-gone', 'The channel is not of that server.');
  }
  const tag = toTag(raw);
  return {
    id: raw.id,
    kind,
    ...(raw.guild_id !== undefined && { guild: raw.guild_id }),
    ...(tag !== undefined && { tag }),
  };
}

function getChannel({ channel }: ChannelRef) {
  return { method: 'GET', path: Routes.channel(channel) } as const;
}

function known(client: Client, id: string): RawChannel | undefined {
  const channel = client.channels.cache.get(id);
  if (channel === undefined || channel.isDMBased()) return undefined;
  const base = { id, type: channel.type, guild_id: channel.guildId };
  if (!channel.isThreadOnly()) return base;
  const tags = channel.availableTags.map(({ id: tag, name, moderated }) => {
    return { id: tag, name, moderated };
  });
  return { ...base, flags: channel.flags.bitfield, available_tags: tags };
}

/** https://docs.discord.com/developers/resources/channel#channel-object-channel-flags */
const REQUIRE_TAG = 1 << 4;

/** The tag that a post of ours gets: one that speaks of papers, else the first that we may use. */
function toTag({ flags = 0, available_tags: tags = [] }: RawChannel): string | undefined {
  if ((flags & REQUIRE_TAG) === 0) return undefined;
  const open = tags.filter(({ moderated }) => !moderated);
  return (open.find(({ name }) => /paper|digest|research|arxiv/i.test(name)) ?? open[0])?.id;
}
