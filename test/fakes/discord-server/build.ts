import { bitsOf, MINIMAL_PERMISSIONS, type Permission } from './permissions.ts';
import { createThread, tellOf, type ThreadOptions } from './threads.ts';
import { wireGuild } from './wire/guild.ts';
import { exactly, type Channel, type Guild, type User, type World } from './world.ts';

export interface GuildOptions {
  readonly name?: string;
  /** Of the bot's role, besides everyone's; what the product asks for by default. */
  readonly permissions?: readonly Permission[];
  /** Of every member; a reader's usual ones by default. */
  readonly everyone?: readonly Permission[];
  /** False for a server that only its members' own installations reach. */
  readonly withBot?: boolean;
  /** An outage from the start. */
  readonly available?: boolean;
}

const READERS: readonly Permission[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'USE_APPLICATION_COMMANDS',
  'CONNECT',
];

const OTHER_TYPES = { text: 0, voice: 2, announcement: 5, forum: 15 } as const;

export interface ChannelOptions {
  readonly guild: Guild;
  readonly type?: keyof typeof OTHER_TYPES;
  readonly name?: string;
  /** Exactly these, for the bot; those of its role by default. */
  readonly permissions?: readonly Permission[];
  readonly slowmodeSeconds?: number;
  /** Names of a forum's tags. */
  readonly tags?: readonly string[];
  readonly requireTag?: boolean;
}

/** Sets the scene. Whatever is added while the bot is connected is told to it. */
export interface Builders {
  /** A server with the bot in it. */
  addGuild(options?: GuildOptions): Guild;
  addChannel(options: ChannelOptions): Channel;
  addThread(parent: Channel, options: ThreadOptions): Channel;
  /** A reader, member of these servers, with a role of these permissions besides everyone's. */
  addUser(options?: UserOptions): User;
}

export interface UserOptions {
  readonly name?: string;
  readonly guilds?: readonly Guild[];
  readonly permissions?: readonly Permission[];
  readonly dmsClosed?: boolean;
  readonly bot?: boolean;
}

export function createBuilders(world: World): Builders {
  return {
    addGuild: (options = {}) => addGuild(world, options),
    addChannel: (options) => addChannel(world, options),
    addThread: (parent, options) => createThread(world, parent, options),
    addUser: (options = {}) => addUser(world, options),
  };
}

function addGuild(world: World, options: GuildOptions): Guild {
  const owner = addUser(world, { name: 'Owner' });
  const id = world.nextId();
  const guild: Guild = {
    id,
    name: options.name ?? 'Lab',
    ownerId: owner.id,
    roles: new Map(),
    members: new Map(),
    available: options.available ?? true,
  };
  world.guilds.set(id, guild);
  const everyone = bitsOf(options.everyone ?? READERS);
  guild.roles.set(id, { id, name: '@everyone', permissions: everyone });
  const { withBot = true } = options;
  if (withBot) join(world, guild, world.bot.id, options.permissions ?? MINIMAL_PERMISSIONS);
  join(world, guild, owner.id, []);
  if (guild.available && withBot) {
    world.emit({ t: 'GUILD_CREATE', d: wireGuild(world, guild), guildId: id });
  }
  return guild;
}

function join(
  world: World,
  guild: Guild,
  userId: string,
  permissions: readonly Permission[],
): void {
  const id = world.nextId();
  guild.roles.set(id, { id, name: `role ${id}`, permissions: bitsOf(permissions) });
  guild.members.set(userId, { userId, roles: new Set([id]) });
}

function addChannel(world: World, options: ChannelOptions): Channel {
  const { guild, type = 'text', name = 'papers', permissions } = options;
  const channel: Channel = {
    id: world.nextId(),
    type: OTHER_TYPES[type],
    name,
    guildId: guild.id,
    overwrites: new Map(permissions ? [[world.bot.id, exactly(permissions)]] : []),
    slowmodeSeconds: options.slowmodeSeconds ?? 0,
    tags: (options.tags ?? []).map((tag) => ({ id: world.nextId(), name: tag })),
    requireTag: options.requireTag ?? false,
    messages: new Map(),
  };
  world.channels.set(channel.id, channel);
  tellOf(world, 'CHANNEL_CREATE', channel);
  return channel;
}

function addUser(world: World, options: UserOptions): User {
  const { name = 'Ada', guilds = [], permissions = [], dmsClosed = false, bot = false } = options;
  const user: User = { id: world.nextId(), name, bot, dmsClosed };
  world.users.set(user.id, user);
  for (const guild of guilds) join(world, guild, user.id, permissions);
  return user;
}
