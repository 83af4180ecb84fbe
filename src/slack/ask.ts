import type { Context, RespondFn } from '@slack/bolt';
import { paragraph, type CommandCall, type CommandDefinition, type Reply } from '../core/index.ts';
import { answer, type AnswerParts, type Asker } from './answer.ts';
import { attemptOf } from './attempt.ts';
import { isDirect } from './direct.ts';
import type { People } from './people.ts';
import { CONTROL } from './render/controls.ts';
import { SLACK } from './settings.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface CommandParts extends AnswerParts {
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly definitions: readonly CommandDefinition[];
}

/** The ids of our controls and views. */
export const OURS = new RegExp(`^${CONTROL}`);

/** A press, a pick or a form that holds what we never gave to it, or what an older version did. */
export function logStranger({ log }: CommandParts, { teamId }: Context, user: string): void {
  log.warn({ tenant: teamId, user }, 'a press is not one of ours');
}

/** What is asked for. */
export type Wish = Pick<CommandCall, 'name' | 'input'>;

const GIVEN_UP: Reply = {
  private: true,
  message: {
    summary: 'The answer can’t be shown',
    blocks: [
      paragraph(
        'Slack did not take the answer to what you asked. Please ask again; if that is no help, ' +
          'tell whoever runs Paperboy.',
      ),
    ],
  },
};

/** Hands a wish to the core, and shows what it answers. A further try shows the same answer. */
export async function ask(parts: CommandParts, asker: Asker, wish: Wish): Promise<void> {
  const { attempt } = asker;
  attempt.apologize = () => answer(parts, asker, GIVEN_UP);
  const reply = attempt.reply ?? (await parts.inbox.command(await callOf(parts, asker, wish)));
  attempt.reply = reply;
  await answer(parts, asker, reply);
}

/** Somebody in a channel of a workspace. */
export type Person = Pick<Asker, 'workspace' | 'channel' | 'user' | 'home'>;

/** The wish with all that the core must know of who asks and where. */
export async function callOf(
  parts: CommandParts,
  person: Person,
  wish: Wish,
): Promise<CommandCall> {
  const canManage = await mayManage(parts, person, wish);
  const { channel } = person;
  const direct = isDirect(channel.channel);
  return { ...wish, ...(await whoAsks(parts, person)), channel, canManage, direct };
}

/** Who the reader is, and their time zone. */
export async function whoAsks({ people }: CommandParts, { workspace, user, home }: Person) {
  const { timezone } = await people.get(workspace, user);
  const reader = { platform: SLACK, tenant: home ?? workspace.team, user };
  return { reader, ...(timezone !== undefined && { timezone }) };
}

/** Whether the person may make the call there; Slack is asked only where it takes that right. */
export async function mayManage(
  { people, definitions }: CommandParts,
  { workspace, channel, user }: Person,
  { name, input }: Wish,
): Promise<boolean> {
  const word = 'text' in input ? (/^\S+/.exec(input.text)?.[0] ?? '') : name;
  const manages = definitions.some((each) => each.manages && each.name === word.toLowerCase());
  return manages && people.mayManage(workspace, user, channel.channel);
}

/** Who asks, and where, as Slack tells it. */
export type Origin = Omit<Asker, 'workspace' | 'channel' | 'attempt' | 'thread' | 'home'> & {
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly home?: string | undefined;
  readonly respond?: RespondFn;
};

export function askerOf({ workspaces }: CommandParts, context: Context, origin: Origin): Asker {
  const { channel, thread, home, ...rest } = origin;
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
