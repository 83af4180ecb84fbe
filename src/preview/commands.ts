import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ArgValues, CommandCall, Inbox, Message } from '../core/index.ts';
import { Args } from './records.ts';
import { previewChannel, previewReader } from './settings.ts';
import { renderPrivate } from './thread.ts';
import type { Wall } from './wall.ts';

/** The browser's time zone; one that this machine doesn't know is as good as none. */
const Timezone = z.string().max(64).exactOptional();

/** The body of `POST /api/command`: a line as typed, with or without `/papers`. */
export const CommandBody = z.object({ text: z.string(), timezone: Timezone });
export type CommandBody = z.infer<typeof CommandBody>;

/** The body of `POST /api/press`: what the pressed button carries. */
export const PressBody = z.object({
  command: z.string().max(64),
  args: Args,
  timezone: Timezone,
});
export type PressBody = z.infer<typeof PressBody>;

/** What the page gets back: a private answer as HTML, or the id of the message that now stands. */
type Answer =
  | { readonly private: true; readonly message: Message; readonly html: string }
  | { readonly private: false; readonly message: Message; readonly id: string };

export interface Commands {
  /** Rejects with `DeliveryError` when a public answer can't be kept. */
  ask(body: CommandBody): Promise<Answer>;
  /** Rejects with `DeliveryError` when a public answer can't be kept. */
  press(body: PressBody): Promise<Answer>;
}

export function createCommands(inbox: Inbox, wall: Wall): Commands {
  async function answer(call: CommandCall, asked: string): Promise<Answer> {
    const { message, private: hidden } = await inbox.command(call);
    if (hidden) return { private: true, message, html: renderPrivate(message, asked) };
    const ref = await wall.post(previewChannel, message, { key: `reply:${randomUUID()}`, asked });
    await inbox.replied(ref, message);
    return { private: false, message, id: ref.message };
  }

  return {
    ask: ({ text, timezone }) => {
      const line = text.replace(/^\s*\/papers\b/i, '').trim();
      return answer(toCall('', { text: line }, timezone), `/papers ${line}`);
    },
    press: ({ command, args, timezone }) =>
      answer(toCall(command, { args }, timezone), toLine(command, args)),
  };
}

function toCall(name: string, input: CommandCall['input'], timezone?: string): CommandCall {
  const known = timezone !== undefined && isTimezone(timezone);
  return {
    name,
    input,
    channel: previewChannel,
    reader: previewReader,
    canManage: true,
    ...(known ? { timezone } : {}),
  };
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a reader would have typed instead of pressing the button, to show above the answer. */
function toLine(command: string, args: ArgValues): string {
  const values = Object.values(args).flatMap((value) =>
    value === undefined ? [] : [value].flat(),
  );
  return ['/papers', command, ...values.map(String)].join(' ');
}
