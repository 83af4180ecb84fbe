import { holds, permissionsIn } from '../permissions.ts';
import type { Json, World } from '../world.ts';

/** An event on its way to the sessions that asked for it. */
export interface Dispatch {
  readonly t: string;
  readonly d: Json;
  /** Absent for events of direct messages and of the bot itself. */
  readonly guildId?: string;
}

/** Bit numbers: https://docs.discord.com/developers/events/gateway#list-of-intents */
const INTENTS: readonly (readonly [bit: number, events: RegExp])[] = [
  [0, /^(GUILD_(CREATE|UPDATE|DELETE|ROLE_\w+)|CHANNEL_\w+|THREAD_\w+)$/],
  [1, /^GUILD_MEMBER_\w+$/],
  [9, /^MESSAGE_(CREATE|UPDATE|DELETE|DELETE_BULK)$/],
  [10, /^MESSAGE_REACTION_\w+$/],
  [12, /^MESSAGE_(CREATE|UPDATE|DELETE)$/],
  [13, /^MESSAGE_REACTION_\w+$/],
];

const DIRECT = new Set([12, 13]);
const MESSAGE_CONTENT = 15;

/** Whether a session with these intents gets the event; what no intent covers comes to all. */
export function isWanted(intents: number, { t, guildId }: Dispatch): boolean {
  const needed = INTENTS.filter(
    ([bit, events]) => events.test(t) && (bit < 9 || DIRECT.has(bit) === (guildId === undefined)),
  );
  return needed.length === 0 || needed.some(([bit]) => has(intents, bit));
}

/** Without the message content intent, others' messages in servers arrive without their content. */
export function readable(intents: number, event: Dispatch, botId: string): Json {
  const { author } = event.d as { author?: { id: string } };
  const foreign = /^MESSAGE_(CREATE|UPDATE)$/.test(event.t) && author?.id !== botId;
  if (!foreign || event.guildId === undefined || has(intents, MESSAGE_CONTENT)) return event.d;
  return { ...event.d, content: '', embeds: [], attachments: [], components: [] };
}

function has(intents: number, bit: number): boolean {
  return (intents & (1 << bit)) !== 0;
}

/** GUILD_MEMBERS, GUILD_PRESENCES and MESSAGE_CONTENT have to be granted in the portal. */
export const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << MESSAGE_CONTENT);

/** All that exist: bits 0 to 16, 20, 21, 24 and 25. */
export const KNOWN = 0x1ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** The bot hears nothing of servers that it left, and of messages in channels that it can't see. */
export function isVisible(world: World, { t, d, guildId }: Dispatch): boolean {
  if (t === 'INTERACTION_CREATE' || guildId === undefined) return true;
  const guild = world.guilds.get(guildId);
  if (guild && !guild.members.has(world.bot.id)) return false;
  const channel = t.startsWith('MESSAGE_') && world.channels.get(String(d['channel_id']));
  return !channel || holds(permissionsIn(world, channel, world.bot.id), 'VIEW_CHANNEL');
}
