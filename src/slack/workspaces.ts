import { webApi, type Logger } from '@slack/bolt';
import { DeliveryError, type Log } from '../core/index.ts';
import { toStartError } from './errors.ts';
import { TIMEOUT_MS, type SlackSettings } from './settings.ts';

/** One workspace that the bot is in. */
export interface Workspace {
  readonly team: string;
  readonly name: string;
  readonly botUser: string;
  readonly botId: string;
  /** Its own client, so that Slack's wish to wait delays no other workspace. */
  readonly client: webApi.WebClient;
  /** When it installed the app, in Unix milliseconds, where it did so by itself. */
  readonly installedAt?: number;
}

/** The workspaces that the bot is in, by team id. */
export interface Workspaces {
  get(team: string): Workspace | undefined;
  /** The workspace whose bot this is. */
  ofBot(user: string): Workspace | undefined;
  all(): readonly Workspace[];
  /** The bot is there, with this install in place of an earlier one. */
  put(workspace: Workspace): void;
  /** The bot was removed there: its tokens are forgotten. Rejects when the database fails. */
  drop(team: string): Promise<void>;
}

/** How every client is made: one attempt, a limit of time, and no waiting on its own. */
export function clientOptions(
  { apiUrl, timeoutMs = TIMEOUT_MS }: Pick<SlackSettings, 'apiUrl' | 'timeoutMs'>,
  logger: Logger,
) {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
    logger,
  };
}

/** The one workspace of a bot token. Rejects with `DeliveryError` when Slack refuses the token. */
export async function singleWorkspace(
  settings: SlackSettings,
  logger: Logger,
): Promise<Workspaces> {
  const { botToken } = settings;
  if (botToken === undefined) {
    throw new DeliveryError(
      'no-access',
      'SLACK_BOT_TOKEN is not set; docs/slack.md says where it is.',
    );
  }
  const client = new webApi.WebClient(botToken, clientOptions(settings, logger));
  try {
    const {
      team_id: team = '',
      team: name = '',
      user_id: botUser = '',
      bot_id: botId = '',
    } = await client.auth.test();
    if (botId === '') throw new DeliveryError('no-access', WRONG_KIND);
    return createWorkspaces([{ team, name, botUser, botId, client }], settings.log);
  } catch (error) {
    throw error instanceof DeliveryError ? error : toStartError(error, 'SLACK_BOT_TOKEN');
  }
}

const WRONG_KIND =
  'SLACK_BOT_TOKEN is no bot’s token; copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.';

/** `forget` is called with a workspace that was dropped. */
export function createWorkspaces(
  list: readonly Workspace[],
  log: Log,
  forget: (team: string) => Promise<void> = () => Promise.resolve(),
): Workspaces {
  const byTeam = new Map(list.map((workspace) => [workspace.team, workspace]));
  const byBot = new Map(list.map((workspace) => [workspace.botUser, workspace]));
  const remove = (team: string) => {
    byBot.delete(byTeam.get(team)?.botUser ?? '');
    byTeam.delete(team);
  };
  return {
    get: (team) => byTeam.get(team),
    ofBot: (user) => byBot.get(user),
    all: () => [...byTeam.values()],
    put(workspace) {
      remove(workspace.team);
      byTeam.set(workspace.team, workspace);
      byBot.set(workspace.botUser, workspace);
    },
    async drop(team) {
      const leaving = byTeam.get(team);
      if (leaving !== undefined) {
        log.warn({ tenant: team, name: leaving.name }, 'a workspace has removed Paperboy');
      }
      await forget(team);
      if (byTeam.get(team) === leaving) remove(team);
    },
  };
}
