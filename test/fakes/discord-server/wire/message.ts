import type { Json, Message, World } from '../world.ts';
import { wireChannel } from './channel.ts';
import { isoTime } from './time.ts';
import { wireUser } from './user.ts';

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
    reactions: [...new Set([...message.reactions.keys(), ...message.bursts.keys()])].map((emoji) =>
      wireReaction(world, message, emoji),
    ),
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

function wireReaction(world: World, message: Message, emoji: string): Json {
  const users = message.reactions.get(emoji) ?? new Set<string>();
  const burst = message.bursts.get(emoji)?.size ?? 0;
  return {
    emoji: wireEmoji(emoji),
    count: users.size + burst,
    count_details: { burst, normal: users.size },
    me: users.has(world.bot.id),
    me_burst: false,
    burst_colors: [],
  };
}
