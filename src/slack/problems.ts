import type { ChannelRef } from '../core/index.ts';
import { slackErrorOf, toDeliveryError } from './errors.ts';
import { SCOPES } from './scopes.ts';
import type { Workspaces } from './workspaces.ts';

/** What would keep a digest from a channel, a sentence each, with what to do about it. */
export async function problemsIn(
  workspaces: Workspaces,
  { tenant, channel }: ChannelRef,
): Promise<readonly string[]> {
  const workspace = workspaces.get(tenant);
  if (workspace === undefined) return [`Paperboy has no token for the workspace ${tenant}.`];
  const { client } = workspace;
  try {
    const { channel: found, response_metadata: told } = await client.conversations.info({
      channel,
    });
    const { is_archived: isArchived, is_member: isMember, is_im: isIm } = found ?? {};
    const lacking = missingScopes(told?.scopes).map(toScopeAdvice);
    if (isArchived === true) return [ARCHIVED, ...lacking];
    // In a direct message there is nobody to invite.
    return isMember === true || isIm === true ? lacking : [NOT_A_MEMBER, ...lacking];
  } catch (error) {
    return [adviceOf(error)];
  }
}

const ARCHIVED = 'The channel is archived: unarchive it, or subscribe another one.';
const NOT_A_MEMBER =
  'Paperboy is not in the channel, so it can’t post or see reactions there: write /invite @Paperboy in it.';

/** A private channel that the bot is not in looks like none at all. */
function adviceOf(error: unknown): string {
  if (slackErrorOf(error) === 'channel_not_found') {
    return 'Slack shows Paperboy no such channel: if it is private, write /invite @Paperboy in it.';
  }
  if (slackErrorOf(error) === 'missing_scope') return toScopeAdvice('channels:read');
  return toDeliveryError(error).message;
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
