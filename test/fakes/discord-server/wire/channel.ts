import { permissionsIn } from '../permissions.ts';
import type { Channel, Json, User, World } from '../world.ts';
import { isoTime } from './time.ts';
import { wireUser } from './user.ts';

export function wireChannel(channel: Channel, users?: ReadonlyMap<string, User>): Json {
  const last = [...channel.messages.keys()].at(-1) ?? null;
  const base = { id: channel.id, type: channel.type, last_message_id: last, flags: 0 };
  if (channel.recipientId !== undefined) {
    const user = users?.get(channel.recipientId);
    return { ...base, recipients: user ? [wireUser(user)] : [] };
  }
  return {
    ...base,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId ?? null,
    rate_limit_per_user: channel.slowmodeSeconds,
    ...(channel.thread ? wireThread(channel) : wirePlace(channel)),
  };
}

function wirePlace(channel: Channel): Json {
  return {
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: [...channel.overwrites].map(([id, { type, allow, deny }]) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(channel.type === 15 && {
      flags: channel.requireTag ? 16 : 0,
      available_tags: channel.tags.map((tag) => ({
        ...tag,
        moderated: false,
        emoji_id: null,
        emoji_name: null,
      })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
  };
}

function wireThread(channel: Channel): Json {
  const { thread } = channel;
  return {
    owner_id: thread?.ownerId,
    message_count: channel.messages.size,
    total_message_sent: channel.messages.size,
    member_count: 1,
    applied_tags: thread?.appliedTags ?? [],
    thread_metadata: {
      archived: thread?.archived,
      locked: thread?.locked,
      auto_archive_duration: thread?.autoArchiveMinutes,
      archive_timestamp: isoTime(thread?.archiveChangedAt ?? 0),
      create_timestamp: isoTime(thread?.archiveChangedAt ?? 0),
    },
  };
}

/** A channel as interactions bring it, with the permissions of the user and of the app. */
export function wirePartialChannel(world: World, channel: Channel, userId: string): Json {
  return {
    ...wireChannel(channel, world.users),
    permissions: String(permissionsIn(world, channel, userId)),
    app_permissions: String(permissionsIn(world, channel, world.bot.id)),
  };
}
