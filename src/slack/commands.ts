import { OUTDATED, toPaperIds } from '../core/index.ts';
import { answer } from './answer.ts';
import { ask, askerOf, logStranger, OURS, type CommandParts, type Wish } from './ask.ts';
import type { Intake } from './intake.ts';
import { readAction, type Pressed } from './presses.ts';
import { CONTROL } from './render/controls.ts';

/** Hands typed commands, presses, picks and message shortcuts to the core. */
export function handleCommands(app: Intake, parts: CommandParts): void {
  handleTyped(app, parts);
  handlePressed(app, parts);
  handleShortcuts(app, parts);
}

function handleTyped(app: Intake, parts: CommandParts): void {
  app.command('/papers', async ({ command, respond, context }) => {
    const { channel_id: channel, user_id: user, trigger_id: trigger, text } = command;
    const asker = askerOf(parts, context, { channel, user, trigger, respond });
    await ask(parts, asker, { name: '', input: { text: text.trim() } });
  });
}

function handlePressed(app: Intake, parts: CommandParts): void {
  app.action(OURS, async ({ action, body, respond, context }) => {
    if (body.type !== 'block_actions' || body.channel === undefined) return;
    const { user, channel, trigger_id: trigger, message } = body;
    const [home, thread] = [user.team_id, threadOf(message)];
    const place = { channel: channel.id, user: user.id, home, trigger, respond, thread };
    const asker = askerOf(parts, context, place);
    const pressed = readAction(action);
    if (pressed !== undefined) return ask(parts, asker, toWish(pressed));
    logStranger(parts, context, user.id);
    await answer(parts, asker, OUTDATED);
  });
}

/** A message's menu calls a command with the papers that the message links to. */
function handleShortcuts(app: Intake, parts: CommandParts): void {
  const constraints = { type: 'message_action', callback_id: OURS } as const;
  app.shortcut(constraints, async ({ shortcut, respond, context }) => {
    const { channel, user, trigger_id: trigger, message, callback_id: id } = shortcut;
    const definition = parts.definitions.find(({ name }) => id === `${CONTROL}:${name}`);
    const [arg] = definition?.args ?? [];
    if (definition === undefined || arg === undefined) return;
    const args = { [arg.name]: toPaperIds(JSON.stringify(message)).join(' ') };
    const place = { channel: channel.id, user: user.id, home: user.team_id, trigger, respond };
    const wish = { name: definition.name, input: { args } };
    await ask(parts, askerOf(parts, context, place), wish);
  });
}

/** A public answer to a press belongs under the message that was pressed. */
function threadOf(message: unknown): string | undefined {
  const { ts, thread_ts: thread } = (message ?? {}) as { ts?: string; thread_ts?: string };
  return thread ?? ts;
}

function toWish({ command: name, args }: Pressed): Wish {
  return { name, input: { args } };
}
