import { z } from 'zod';
import type { Inbox } from '../core/index.ts';
import { RequestError } from './http.ts';
import { previewReader } from './settings.ts';
import { toRef } from './wall.ts';
import type { Wall } from './wall.ts';

/** The reaction that saves a paper. */
export const BOOKMARK = '🔖';

/** The body of `POST /api/react`. */
export const ReactBody = z.object({
  message: z.string().max(64),
  emoji: z.string().max(32).transform(toPlainEmoji).refine(isEmoji, 'Not an emoji'),
  added: z.boolean(),
});
export type ReactBody = z.infer<typeof ReactBody>;

/** The reader puts a reaction on a message, or takes it away. Rejects with `RequestError`. */
export function createReact(inbox: Inbox, wall: Wall): (body: ReactBody) => Promise<void> {
  // One after another, so that a quick on and off reaches the core in that order.
  let last: Promise<unknown> = Promise.resolve();

  async function react({ message, emoji, added }: ReactBody): Promise<void> {
    const entry = await wall.react(message, emoji, added);
    if (entry === undefined) throw new RequestError(404, 'This message is gone.');
    await inbox.reaction({ emoji, added, message: toRef(message), reader: previewReader });
  }

  return (body) => {
    const turn = last.then(() => react(body));
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Without variation selectors and skin tones. */
function toPlainEmoji(emoji: string): string {
  return emoji.replace(/[\u{FE0E}\u{FE0F}]|[\u{1F3FB}-\u{1F3FF}]/gu, '');
}

function isEmoji(text: string): boolean {
  return /^\p{Extended_Pictographic}/u.test(text) || /^\p{Regional_Indicator}{2}$/u.test(text);
}
