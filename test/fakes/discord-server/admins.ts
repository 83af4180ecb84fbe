import type { Permission } from './permissions.ts';
import { tellOf } from './threads.ts';
import { wireGuild } from './wire/guild.ts';
import { exactly, type Channel, type Guild, type World } from './world.ts';

/** What administrators do, and what happens to servers. */
export interface Admins {
  /** Leaves the bot exactly these permissions in a channel. */
  setPermissions(channel: Channel, permissions: readonly Permission[]): void;
  deleteChannel(channel: Channel): void;
  setThread(channel: Channel, change: { archived?: boolean; locked?: boolean }): void;
  /** The bot is thrown out. */
  removeBot(guild: Guild): void;
  /** GUILD_DELETE with `unavailable`. */
  startOutage(guild: Guild): void;
  endOutage(guild: Guild): void;
  /** Every later request gets 401, and connections close with 4004. */
  revokeToken(): void;
}

export function createAdmins(world: World, closeAll: (code: number) => void): Admins {
  return {
    setPermissions: (channel, permissions) => {
      channel.overwrites.set(world.bot.id, exactly(permissions));
      tellOf(world, 'CHANNEL_UPDATE', channel);
    },
    deleteChannel: (channel) => {
      world.channels.delete(channel.id);
      tellOf(world, channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channel);
      for (const each of [...world.channels.values()]) {
        if (each.parentId === channel.id) world.channels.delete(each.id);
      }
    },
    setThread: (channel, change) => {
      Object.assign(channel.thread ?? {}, change, { archiveChangedAt: world.clock.now() });
      tellOf(world, 'THREAD_UPDATE', channel);
    },
    removeBot: (guild) => {
      world.emit({ t: 'GUILD_DELETE', d: { id: guild.id }, guildId: guild.id });
      guild.members.delete(world.bot.id);
    },
    startOutage: (guild) => {
      guild.available = false;
      const d = { id: guild.id, unavailable: true };
      world.emit({ t: 'GUILD_DELETE', d, guildId: guild.id });
    },
    endOutage: (guild) => {
      guild.available = true;
      world.emit({ t: 'GUILD_CREATE', d: wireGuild(world, guild), guildId: guild.id });
    },
    revokeToken: () => {
      world.token.valid = false;
      closeAll(4004);
    },
  };
}
