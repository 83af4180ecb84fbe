import { apiError } from './errors.ts';
import { holds, permissionsIn, type Permission } from './permissions.ts';
import type { Channel, Message, World } from './world.ts';

/** A channel that the bot may see, or 10003 or 50001. */
export function seenChannel(world: World, id: string | undefined): Channel {
  const channel = world.channels.get(id ?? '');
  if (!channel) throw apiError(10003);
  if (!holds(permissionsIn(world, channel, world.bot.id), 'VIEW_CHANNEL')) throw apiError(50001);
  return channel;
}

/** Throws 50013 unless the bot holds all of them there. */
export function requirePermissions(
  world: World,
  channel: Channel,
  ...needed: readonly Permission[]
): void {
  const bits = permissionsIn(world, channel, world.bot.id);
  if (!needed.every((each) => holds(bits, each))) throw apiError(50013);
}

export function may(world: World, channel: Channel, permission: Permission): boolean {
  return holds(permissionsIn(world, channel, world.bot.id), permission);
}

/** A message of the channel, or 10008. */
export function knownMessage(channel: Channel, id: string | undefined): Message {
  const message = channel.messages.get(id ?? '');
  if (!message) throw apiError(10008);
  return message;
}

/** Throws 50083 in an archived thread: nothing but sending may happen there. */
export function requireOpen({ thread }: Channel): void {
  if (thread?.archived) throw apiError(50083);
}

const VOICE = 2;

/** All that sending needs. */
export function requireSending(world: World, channel: Channel): void {
  if (channel.type === 15) throw apiError(40058);
  if (channel.recipientId !== undefined) {
    if (world.users.get(channel.recipientId)?.dmsClosed) throw apiError(50007);
    return;
  }
  requirePermissions(world, channel, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES');
  // Beside a voice channel, without CONNECT, all else is denied as well.
  if (channel.type === VOICE) requirePermissions(world, channel, 'CONNECT');
  const { thread } = channel;
  if (thread?.locked && !may(world, channel, 'MANAGE_THREADS')) {
    throw apiError(thread.archived ? 50083 : 160005);
  }
}
