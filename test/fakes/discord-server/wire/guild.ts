import type { Guild, Json, Role, World } from '../world.ts';
import { wireChannel } from './channel.ts';
import { wireUser } from './user.ts';

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
