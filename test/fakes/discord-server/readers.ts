import { knownMessage } from './access.ts';
import { dmWith } from './dms.ts';
import { makeMessage, publish } from './posts.ts';
import { addReaction, clearReactions, removeReaction } from './reactions.ts';
import type { Channel, Message, World } from './world.ts';

/** Where a message stands. */
export interface MessageAt {
  readonly channelId: string;
  readonly id: string;
}

/** What people do with messages. */
export interface Readers {
  react(at: MessageAt, emoji: string, userId: string, options?: { readonly burst: boolean }): void;
  clearReactions(at: MessageAt, emoji?: string): void;
  unreact(at: MessageAt, emoji: string, userId: string): void;
  /** Someone writes in a channel. */
  write(channel: Channel, userId: string, content: string): Message;
  /** The private channel of the bot and a user. */
  dmOf(userId: string): Channel;
  /** Someone writes to the bot in private. */
  typeDm(userId: string, content: string): Message;
}

export function createReaders(world: World): Readers {
  function messageAt({ channelId, id }: MessageAt): Message {
    const channel = world.channels.get(channelId);
    if (!channel) throw new Error(`There is no channel ${channelId}.`);
    return knownMessage(channel, id);
  }
  function write(channel: Channel, authorId: string, content: string): Message {
    const message = makeMessage(world, channel.id, { content }, { authorId });
    publish(world, channel, message);
    return message;
  }
  return {
    react: (at, emoji, userId, { burst } = { burst: false }) => {
      addReaction(world, messageAt(at), emoji, userId, burst);
    },
    clearReactions: (at, emoji) => {
      clearReactions(world, messageAt(at), emoji);
    },
    unreact: (at, emoji, userId) => {
      removeReaction(world, messageAt(at), emoji, userId);
    },
    write,
    dmOf: (userId) => dmWith(world, userId),
    typeDm: (userId, content) => write(dmWith(world, userId), userId, content),
  };
}
