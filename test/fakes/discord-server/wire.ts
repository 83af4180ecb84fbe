import { permissionsIn } from './permissions.ts';
import type { Channel, Guild, Json, Message, Role, User, World } from './world.ts';

export function wireUser(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}

export function wireMember(world: World, guild: Guild, userId: string): Json {
  const user = world.users.get(userId);
  return {
    ...(user && { user: wireUser(user) }),
    roles: [...(guild.members.get(userId)?.roles ?? [])],
    joined_at: ISO_START,
    nick: null,
    avatar: null,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

const ISO_START = '2026-01-01T00:00:00.000000+00:00';

function wireRole(role: Role, position: number): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** A guild as GUILD_CREATE brings it. */
export function wireGuild(world: World, guild: Guild): Json {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map(wireRole),
    channels: channels.filter(({ thread }) => !thread).map((each) => wireChannel(each)),
    threads: channels
      .filter(({ thread }) => thread && !thread.archived)
      .map((each) => wireChannel(each)),
    members: [wireMember(world, guild, world.bot.id)],
    member_count: guild.members.size,
    joined_at: ISO_START,
    preferred_locale: 'en-US',
    premium_tier: 0,
    nsfw_level: 0,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    ...Object.fromEntries(
      ['features', 'emojis', 'stickers', 'presences', 'voice_states', 'stage_instances']
        .concat('guild_scheduled_events', 'soundboard_sounds')
        .map((name) => [name, []]),
    ),
    unavailable: false,
    large: false,
    lazy: true,
  };
}

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

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

export function wireMessage(world: World, message: Message): Json {
  const author = world.users.get(message.authorId);
  const thread = world.channels.get(message.id);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: author && wireUser(author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    flags: message.flags,
    timestamp: isoTime(message.timestamp),
    edited_timestamp: message.editedAt === undefined ? null : isoTime(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.pings.includes('everyone'),
    mentions: [],
    mention_roles: [],
    reactions: [...message.reactions].map(([emoji, users]) => wireReaction(world, emoji, users)),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(message.authorId === world.bot.id && { application_id: world.bot.id }),
    ...(message.interactionId !== undefined && { webhook_id: world.bot.id }),
    ...(message.replyTo !== undefined && {
      message_reference: { type: 0, message_id: message.replyTo, channel_id: message.channelId },
    }),
    ...(thread?.thread && { thread: wireChannel(thread) }),
  };
}

/** `name:id` of a server's own emoji, or the emoji itself. */
export function wireEmoji(emoji: string): Json {
  const [name, id = null] = emoji.split(':');
  return { id, name };
}

function wireReaction(world: World, emoji: string, users: ReadonlySet<string>): Json {
  return {
    emoji: wireEmoji(emoji),
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    me: users.has(world.bot.id),
    me_burst: false,
    burst_colors: [],
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
