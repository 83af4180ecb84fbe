import { wireMember } from './wire/guild.ts';
import { wireEmoji } from './wire/message.ts';
import type { Json, Message, World } from './world.ts';

export function addReaction(
  world: World,
  message: Message,
  emoji: string,
  userId: string,
  burst = false,
): void {
  const all = burst ? message.bursts : message.reactions;
  const users = all.get(emoji) ?? new Set<string>();
  all.set(emoji, users);
  if (users.has(userId)) return;
  users.add(userId);
  const guild = world.guilds.get(guildOf(world, message) ?? '');
  tell(world, 'MESSAGE_REACTION_ADD', message, {
    ...eventOf(message, emoji, userId),
    message_author_id: message.authorId,
    burst,
    type: burst ? 1 : 0,
    ...(guild && { member: wireMember(world, guild, userId) }),
  });
}

export function removeReaction(
  world: World,
  message: Message,
  emoji: string,
  userId: string,
): void {
  const users = message.reactions.get(emoji);
  if (!users?.delete(userId)) return;
  if (users.size === 0) message.reactions.delete(emoji);
  const d = { ...eventOf(message, emoji, userId), burst: false, type: 0 };
  tell(world, 'MESSAGE_REACTION_REMOVE', message, d);
}

/** A moderator takes all reactions away, or all of one emoji. */
export function clearReactions(world: World, message: Message, emoji?: string): void {
  const { id, channelId } = message;
  for (const all of [message.reactions, message.bursts]) {
    if (emoji === undefined) all.clear();
    else all.delete(emoji);
  }
  const t = emoji === undefined ? 'MESSAGE_REACTION_REMOVE_ALL' : 'MESSAGE_REACTION_REMOVE_EMOJI';
  const what = emoji === undefined ? {} : { emoji: wireEmoji(emoji) };
  tell(world, t, message, { channel_id: channelId, message_id: id, ...what });
}

function eventOf({ id, channelId }: Message, emoji: string, userId: string): Json {
  return { user_id: userId, channel_id: channelId, message_id: id, emoji: wireEmoji(emoji) };
}

function guildOf(world: World, { channelId }: Message): string | undefined {
  return world.channels.get(channelId)?.guildId;
}

function tell(world: World, t: string, message: Message, d: Json): void {
  const guildId = guildOf(world, message);
  if (guildId === undefined) world.emit({ t, d });
  else world.emit({ t, d: { ...d, guild_id: guildId }, guildId });
}
