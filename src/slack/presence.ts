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
  app.event('app_uninstalled', ({ body }) => leave(body));
  app.event('tokens_revoked', async ({ event, body }) => {
    // It may be people's tokens alone, and we have none.
    if ((event.tokens.bot ?? []).length > 0) await leave(body);
  });
  app.event(/^(?:channel|group)_(?:archive|deleted)$/, ({ event, context }) =>
    inbox.left(placeOf(context.teamId ?? '', channelOf(event))),
  );
  app.event(/^(?:channel|group)_unarchive$/, ({ event, context }) =>
    inbox.joined(placeOf(context.teamId ?? '', channelOf(event))),
  );
  app.event('member_left_channel', ({ event }) => move('left', event));
  app.event('member_joined_channel', ({ event }) => move('joined', event));

  async function leave({ team_id: team, event_time: seconds }: Gone): Promise<void> {
    // Slack repeats for hours what it could not deliver, and they may have installed it again.
    const { installedAt = 0 } = workspaces.get(team) ?? {};
    if (seconds < Math.floor(installedAt / 1000)) return;
    await leaveWorkspace({ inbox, workspaces }, team);
  }

  /** Of two installs in one channel it is the one whose bot it is, whomever the event names. */
  async function move(way: 'left' | 'joined', { user, channel }: Move): Promise<void> {
    const workspace = workspaces.ofBot(user);
    if (workspace !== undefined) await inbox[way](placeOf(workspace.team, channel));
  }
}

/**
 * Notes that the bot was removed from a workspace, and then forgets its tokens: in this order what
 * fails can be done again. Rejects when the database fails.
 */
export async function leaveWorkspace(
  { inbox, workspaces }: PresenceParts,
  tenant: string,
): Promise<void> {
  await inbox.left({ platform: SLACK, tenant });
  await workspaces.drop(tenant);
}

interface Gone {
  readonly team_id: string;
  readonly event_time: number;
}

interface Move {
  readonly user: string;
  readonly channel: string;
}

function channelOf(event: object): string {
  return 'channel' in event && typeof event.channel === 'string' ? event.channel : '';
}
