import type { Channel, Guild, World } from './world.ts';

/** Bit numbers: https://docs.discord.com/developers/topics/permissions */
const BITS = {
  ADD_REACTIONS: 6,
  ADMINISTRATOR: 3,
  ATTACH_FILES: 15,
  CONNECT: 20,
  CREATE_PUBLIC_THREADS: 35,
  EMBED_LINKS: 14,
  MANAGE_CHANNELS: 4,
  MANAGE_GUILD: 5,
  MANAGE_MESSAGES: 13,
  MANAGE_THREADS: 34,
  MENTION_EVERYONE: 17,
  READ_MESSAGE_HISTORY: 16,
  SEND_MESSAGES: 11,
  SEND_MESSAGES_IN_THREADS: 38,
  USE_APPLICATION_COMMANDS: 31,
  VIEW_CHANNEL: 10,
} as const;

export type Permission = keyof typeof BITS;

export const ALL_PERMISSIONS = bitsOf(Object.keys(BITS) as Permission[]);

/** What the product asks for: reliability notes, section 1.4. */
export const MINIMAL_PERMISSIONS: readonly Permission[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PUBLIC_THREADS',
  'EMBED_LINKS',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'ATTACH_FILES',
];

export function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((sum, name) => sum | (1n << BigInt(BITS[name])), 0n);
}

/** A member's permissions in a channel, a thread's being its parent's; none for a stranger. */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === undefined) return channel.recipientId ? ALL_PERMISSIONS : 0n;
  const guild = world.guilds.get(channel.guildId);
  const place = world.channels.get(channel.parentId ?? '') ?? channel;
  return guild ? overwritten(guild, place, userId) : 0n;
}

function overwritten(guild: Guild, channel: Channel, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const roles = [guild.id, ...member.roles];
  let bits = roles.reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  if ((bits & bitsOf(['ADMINISTRATOR'])) !== 0n) return ALL_PERMISSIONS;
  bits = apply(bits, channel, [guild.id]);
  bits = apply(bits, channel, [...member.roles]);
  return apply(bits, channel, [userId]);
}

function apply(bits: bigint, channel: Channel, ids: readonly string[]): bigint {
  const given = ids.flatMap((id) => channel.overwrites.get(id) ?? []);
  const deny = given.reduce((sum, each) => sum | each.deny, 0n);
  const allow = given.reduce((sum, each) => sum | each.allow, 0n);
  return (bits & ~deny) | allow;
}

export function holds(bits: bigint, permission: Permission): boolean {
  return (bits & bitsOf([permission])) !== 0n;
}
