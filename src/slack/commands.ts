import type { Context, RespondFn } from '@slack/bolt';
import { toPaperIds } from '../core/index.ts';
import type { CommandCall, CommandDefinition } from '../core/index.ts';
import { answer, type AnswerParts, type Asker } from './answer.ts';
import { readForm } from './forms.ts';
import { attemptOf, type Intake } from './intake.ts';
import type { People } from './people.ts';
import { CONTROL, readPick, readPress, type Pressed } from './render/controls.ts';
import { SLACK } from './settings.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface CommandParts extends AnswerParts {
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly definitions: readonly CommandDefinition[];
}

const OURS = new RegExp(`^${CONTROL}`);

/** Hands typed commands, presses, picks, sent forms and message shortcuts to the core. */
export function handleCommands(app: Intake, parts: CommandParts): void {
  handleTyped(app, parts);
  handlePressed(app, parts);
  handleShortcuts(app, parts);
  handleForms(app, parts);
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
    const wish = pressedOf(action);
    if (wish === undefined || body.type !== 'block_actions' || body.channel === undefined) return;
    const { user, channel, trigger_id: trigger, message } = body;
    const [home, thread] = [user.team_id, threadOf(message)];
    const place = { channel: channel.id, user: user.id, home, trigger, respond, thread };
    await ask(parts, askerOf(parts, context, place), wish);
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

function handleForms(app: Intake, parts: CommandParts): void {
  app.view(OURS, async ({ view, body, context }) => {
    const sent = readForm(view.private_metadata, view.state.values);
    if (sent === undefined) return;
    const { command, channel } = sent.place;
    const asker = askerOf(parts, context, { channel, user: body.user.id, home: body.user.team_id });
    await ask(parts, asker, { name: command, input: { args: sent.args } });
  });
}

type Wish = Pick<CommandCall, 'name' | 'input'>;

async function ask(parts: CommandParts, asker: Asker, wish: Wish): Promise<void> {
  const { workspace, channel, user, home } = asker;
  const person = await parts.people.get(workspace, user);
  const { timezone } = person;
  const canManage =
    managesIn(parts.definitions, wish) &&
    (await parts.people.mayManage(workspace, user, channel.channel));
  const reader = { platform: SLACK, tenant: home ?? workspace.team, user };
  const call = { ...wish, channel, reader, canManage, ...(timezone !== undefined && { timezone }) };
  await answer(parts, asker, await parts.inbox.command(call));
}

/** Whether the call needs the right to manage; only then Slack is asked about it. */
function managesIn(definitions: readonly CommandDefinition[], { name, input }: Wish): boolean {
  const word = 'text' in input ? (/^\S+/.exec(input.text)?.[0] ?? '') : name;
  return definitions.some((each) => each.manages && each.name === word.toLowerCase());
}

type Place = Omit<Asker, 'workspace' | 'channel' | 'attempt' | 'thread' | 'home'> & {
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly home?: string | undefined;
  readonly respond?: RespondFn;
};

function askerOf({ workspaces }: CommandParts, context: Context, place: Place): Asker {
  const { channel, thread, home, ...rest } = place;
  const workspace = workspaceOf(workspaces, context);
  return {
    ...rest,
    workspace,
    channel: { platform: SLACK, tenant: workspace.team, channel },
    attempt: attemptOf(context),
    ...(thread !== undefined && { thread }),
    ...(home !== undefined && { home }),
  };
}

function workspaceOf(workspaces: Workspaces, { teamId = '' }: Context): Workspace {
  const workspace = workspaces.get(teamId);
  if (workspace === undefined) throw new Error('The bot was removed from the workspace');
  return workspace;
}

/** A public answer to a press belongs under the message that was pressed. */
function threadOf(message: unknown): string | undefined {
  const { ts, thread_ts: thread } = (message ?? {}) as { ts?: string; thread_ts?: string };
  return thread ?? ts;
}

function pressedOf(action: object): Wish | undefined {
  const {
    action_id: id = '',
    value,
    selected_option: picked,
  } = action as {
    action_id?: string;
    value?: string;
    selected_option?: { value?: string } | null;
  };
  const pressed: Pressed | undefined =
    value === undefined ? readPick(id, picked?.value ?? '') : readPress(value);
  return pressed && { name: pressed.command, input: { args: pressed.args } };
}
