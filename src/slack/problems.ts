import type { ChannelRef } from '../core/index.ts';
import { isDirect } from './direct.ts';
import { neededScope, slackErrorOf, toDeliveryError } from './errors.ts';
import { SCOPES } from './scopes.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** What would keep a digest from a channel, a sentence each, with what to do about it. */
export async function problemsIn(
  workspaces: Workspaces,
  { tenant, channel }: ChannelRef,
): Promise<readonly string[]> {
  const workspace = workspaces.get(tenant);
  if (workspace === undefined) return [`Paperboy has no token for the workspace ${tenant}.`];
  try {
    return await (isDirect(channel)
      ? lookAtDirect(workspace, channel)
      : lookAt(workspace, channel));
  } catch (error) {
    return [adviceOf(error)];
  }
}

async function lookAt({ client }: Workspace, channel: string): Promise<readonly string[]> {
  const { channel: found, response_metadata: told } = await client.conversations.info({ channel });
  const lacking = missingScopes(told?.scopes).map(toScopeAdvice);
  if (found?.is_archived === true) return [ARCHIVED, ...lacking];
  return found?.is_member === true ? lacking : [NOT_A_MEMBER, ...lacking];
}

/**
 * Direct messages are the bot's and one person's, or those of two people, in which nobody else can
 * write. To open them tells; to ask about them would take another scope.
 */
async function lookAtDirect({ client }: Workspace, channel: string): Promise<readonly string[]> {
  try {
    const { response_metadata: told } = await client.conversations.open({ channel });
    return missingScopes(told?.scopes).map(toScopeAdvice);
  } catch (error) {
    if (slackErrorOf(error) === 'channel_not_found') return [BETWEEN_PEOPLE];
    throw error;
  }
}

const ARCHIVED = 'The channel is archived: unarchive it, or subscribe another one.';
const NOT_A_MEMBER =
  'Paperboy is not in the channel, so it can’t post or see reactions there: write /invite @Paperboy in it.';

const BETWEEN_PEOPLE =
  'These direct messages are between people, so Paperboy can’t post here: write /papers subscribe in your messages with Paperboy, or in a channel.';

/** A private channel that the bot is not in looks like none at all. */
function adviceOf(error: unknown): string {
  if (slackErrorOf(error) === 'channel_not_found') {
    return 'Slack shows Paperboy no such channel: if it is private, write /invite @Paperboy in it.';
  }
  const scope = neededScope(error);
  return scope !== undefined ? toScopeAdvice(scope) : toDeliveryError(error).message;
}

/** The scopes of the manifest that the app was not granted; none where Slack did not say. */
export function missingScopes(granted: readonly string[] | undefined): string[] {
  return granted === undefined
    ? []
    : Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
}

export function toScopeAdvice(scope: string): string {
  const without = SCOPES[scope] ?? 'something does not work';
  return `The scope ${scope} is missing, so ${without}: add it under OAuth & Permissions, and install the app again.`;
}
