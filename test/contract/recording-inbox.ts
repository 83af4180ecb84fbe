import type { CommandCall } from '../../src/core/command-call.ts';
import type { Message } from '../../src/core/message.ts';
import type { Inbox, MessageRef, Reaction, Reply } from '../../src/core/platform.ts';

/** Remembers what a platform hands over, and answers every command with `reply`. */
export interface RecordingInbox extends Inbox {
  reply: Reply;
  readonly calls: CommandCall[];
  readonly reactions: Reaction[];
  readonly replies: { readonly ref: MessageRef; readonly message: Message }[];
}

export function createRecordingInbox(): RecordingInbox {
  const calls: CommandCall[] = [];
  const reactions: Reaction[] = [];
  const replies: { ref: MessageRef; message: Message }[] = [];
  const inbox: RecordingInbox = {
    reply: { private: true, message: { summary: '', blocks: [] } },
    calls,
    reactions,
    replies,
    command: (call) => {
      calls.push(call);
      return Promise.resolve(inbox.reply);
    },
    reaction: (reaction) => {
      reactions.push(reaction);
      return Promise.resolve();
    },
    replied: (ref, message) => {
      replies.push({ ref, message });
      return Promise.resolve();
    },
  };
  return inbox;
}
