import { paragraph, type Message } from '../../message.ts';
import type { Reply } from '../../platform.ts';

/** Seen by everybody in the channel. */
export function publicReply(message: Message): Reply {
  return { private: false, message };
}

/** Seen by the caller alone. */
export function privateReply(message: Message): Reply {
  return { private: true, message };
}

/** A message of plain sentences, one paragraph each. */
export function notice(...sentences: readonly string[]): Message {
  return { summary: sentences.join(' '), blocks: sentences.map((sentence) => paragraph(sentence)) };
}

/** `1 paper`, `5 papers`, with thousands grouped as in `16,409 papers`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
