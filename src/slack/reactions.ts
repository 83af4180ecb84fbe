import type { Changes, Inbox, Log } from '../core/index.ts';
import { toEmoji } from './emoji.ts';
import type { Intake } from './intake.ts';
import type { People } from './people.ts';
import { SLACK } from './settings.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface ReactionParts {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly log: Log;
  /** The messages that somebody's reactions changed. */
  readonly changes: Changes;
}

/** One message, as its reactions are noted under it in `changes`. */
export function changeKey(channel: string, message: string): string {
  return `${channel}|${message}`;
}

interface ReactionEvent {
  readonly user: string;
  readonly reaction: string;
  readonly item: { readonly channel: string; readonly ts: string };
  readonly item_user?: string;
}

/** Hands reactions on the bot's own messages to the core. */
export function handleReactions(app: Intake, parts: ReactionParts): void {
  app.event('reaction_added', ({ event, body }) => react(parts, event, true, isShared(body)));
  app.event('reaction_removed', ({ event, body }) => react(parts, event, false, isShared(body)));
}

/** Where Slack does not say, it may be. */
function isShared(body: object): boolean {
  return !('is_ext_shared_channel' in body) || body.is_ext_shared_channel !== false;
}

async function react(
  { inbox, workspaces, people, changes }: ReactionParts,
  { user, reaction, item, item_user: author = '' }: ReactionEvent,
  added: boolean,
  shared: boolean,
): Promise<void> {
  const emoji = toEmoji(reaction);
  const workspace = workspaces.ofBot(author);
  if (emoji === undefined || workspace === undefined) return;
  changes.note(changeKey(item.channel, item.ts));
  const { team } = workspace;
  await inbox.reaction({
    emoji,
    added,
    message: { platform: SLACK, tenant: team, channel: item.channel, message: item.ts },
    reader: { platform: SLACK, tenant: await homeOf(people, workspace, user, shared), user },
  });
}

/**
 * The workspace whose library is the person's: in a shared channel it may be another than ours.
 * Rejects where Slack does not tell, so that nothing is kept for the wrong one.
 */
export async function homeOf(
  people: People,
  workspace: Workspace,
  user: string,
  shared: boolean,
): Promise<string> {
  if (!shared) return workspace.team;
  const { team, failure } = await people.get(workspace, user);
  if (team === undefined)
    throw failure ?? new Error('Slack does not tell whose library the person has');
  return team;
}
