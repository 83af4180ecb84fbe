import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { silentLog } from '../../src/core/log.ts';
import type { ChatPlatform, Inbox } from '../../src/core/platform.ts';
import { createSlack } from '../../src/slack/index.ts';
import type { SlackSettings } from '../../src/slack/settings.ts';
import {
  APP,
  startSlackServer,
  type Receipt,
  type SlackServer,
  type SlackServerOptions,
} from '../fakes/slack-server/index.ts';

export const manifest = parse(
  readFileSync(new URL('../../config/slack-manifest.yaml', import.meta.url), 'utf8'),
) as {
  readonly features: { readonly shortcuts: readonly { name: string; callback_id: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
};

export type SlackMode = 'socket' | 'http';

/** The server's second in these tests, in milliseconds, and our pace for it. */
const SECOND_MS = 20;
const TEST_PACE_MS = 22;

/** Slack with the workspace T1, its channel C1, the reader U1, and the bot in it. */
export interface SlackSetUp {
  readonly slack: SlackServer;
  readonly platform: ChatPlatform;
  /** One more of the same, as in a second process. */
  readonly another: () => ChatPlatform;
  /** Resolves once all that Slack has sent is dealt with. */
  readonly settled: () => Promise<void>;
  /** What a reader does, until it is dealt with. */
  readonly does: (action: Promise<Receipt>) => Promise<Receipt>;
  readonly close: () => Promise<void>;
}

export interface SetUpOptions {
  readonly mode?: SlackMode;
  readonly server?: SlackServerOptions;
  readonly settings?: Partial<SlackSettings>;
}

export async function openSlack(options: SetUpOptions = {}): Promise<SlackSetUp> {
  const { mode = 'socket', server = {} } = options;
  const slack = await startSlackServer({ secondMs: SECOND_MS, patienceMs: 3000, ...server });
  const botToken = slack.addTeam('T1', { scopes: manifest.oauth_config.scopes.bot.join(',') });
  slack.addUser('U1', 'T1');
  slack.addChannel('C1', 'T1', { creator: 'U1' });
  const create = () =>
    createSlack({
      botToken,
      ...(mode === 'socket' ? { appToken: APP.appToken } : { signingSecret: APP.signingSecret }),
      port: 0,
      apiUrl: slack.apiUrl,
      managers: 'admins',
      paceMs: TEST_PACE_MS,
      log: silentLog,
      clock: () => new Date(),
      ...options.settings,
    });
  const platform = create();
  let inbox: Inbox | undefined;
  const watched: ChatPlatform = {
    ...platform,
    async start(given, definitions) {
      inbox = given;
      await platform.start(given, definitions);
      const port = /port (\d+)/.exec(platform.describe())?.[1];
      if (mode === 'http') slack.useHttp(`http://127.0.0.1:${port ?? ''}/slack/events`);
    },
  };
  const settled = async () => {
    while (((await inbox?.journal.open('slack')) ?? []).length > 0) await pause(2);
  };
  return {
    slack,
    platform: watched,
    another: create,
    settled,
    async does(action) {
      const receipt = await action;
      await settled();
      return receipt;
    },
    close: () => slack.close(),
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
