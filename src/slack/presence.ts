import type { Inbox, Place } from '../core/index.ts';
import type { Intake } from './intake.ts';
import { SLACK } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

export interface PresenceParts {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
}

/** Tells the core where the bot no longer is, and where it is again. */
export function handlePresence(app: Intake, { inbox, workspaces }: PresenceParts): void {
  const placeOf = (team: string, channel?: string): Place => ({
    platform: SLACK,
    tenant: team,
    ...(channel !== undefined && { channel }),
  });
  // The two come in either order, or alone.
  app.event(/^(?:app_uninstalled|tokens_revoked)$/, async ({ body }) => {
    workspaces.drop(body.team_id);
    await inbox.left(placeOf(body.team_id));
  });
  app.event(/^(?:channel|group)_(?:archive|deleted)$/, ({ event, context }) =>
    inbox.left(placeOf(context.teamId ?? '', channelOf(event))),
  );
  app.event(/^(?:channel|group)_unarchive$/, ({ event, context }) =>
    inbox.joined(placeOf(context.teamId ?? '', channelOf(event))),
  );
  app.event('member_left_channel', async ({ event, context: { teamId = '' } }) => {
    if (isBot(teamId, event.user)) await inbox.left(placeOf(teamId, event.channel));
  });
  app.event('member_joined_channel', async ({ event, context: { teamId = '' } }) => {
    if (isBot(teamId, event.user)) await inbox.joined(placeOf(teamId, event.channel));
  });

  function isBot(team: string, user: string): boolean {
    return workspaces.get(team)?.botUser === user;
  }
}

function channelOf(event: object): string {
  return 'channel' in event && typeof event.channel === 'string' ? event.channel : '';
}
