import { createSlack } from '../../src/slack/index.ts';
import type { SlackSettings } from '../../src/slack/settings.ts';
import type { ChatPlatform, Inbox } from '../../src/core/platform.ts';
import type { Log } from '../../src/core/log.ts';
import { definitions } from '../fixtures/messages.ts';
import {
  APP,
  startSlackServer,
  type SlackServer,
  type SlackServerOptions,
} from '../fakes/slack-server/index.ts';

export const KEY = Buffer.alloc(32, 'a').toString('base64');
export const OTHER_KEY = Buffer.alloc(32, 'b').toString('hex');

/** Where the bot would be reached from outside. */
const ADDRESS = 'https://papers.example';

/** What the bot wrote to its log. */
export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

export function recordingLog(lines: LogLine[]): Log {
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

/** A Slack whose workspaces install the app by themselves, each with a reader and a channel. */
export async function openLab(options: SlackServerOptions = {}): Promise<SlackServer> {
  const slack = await startSlackServer({ secondMs: 20, patienceMs: 3000, ...options });
  for (const number of [1, 2]) {
    slack.addTeam(`T${number}`, { installed: false });
    slack.addUser(`U${number}`, `T${number}`);
    slack.addChannel(`C${number}`, `T${number}`);
  }
  return slack;
}

/** The bot while it runs. */
export interface Bot {
  readonly platform: ChatPlatform;
  readonly url: string;
  readonly inbox: Inbox;
}

export async function startBot(
  slack: SlackServer,
  inbox: Inbox,
  settings: Partial<SlackSettings> & { readonly log: Log },
  encryptionKeys: readonly string[] = [KEY],
  commands = definitions,
): Promise<Bot> {
  const { clientId, clientSecret, signingSecret } = APP;
  const platform = createSlack({
    signingSecret,
    oauth: { clientId, clientSecret, encryptionKeys, address: ADDRESS },
    port: 0,
    apiUrl: slack.apiUrl,
    managers: 'admins',
    paceMs: 22,
    clock: () => new Date(slack.clock.now()),
    ...settings,
  });
  await platform.start(inbox, commands);
  const port = /port (\d+)/.exec(platform.describe())?.[1] ?? '';
  const url = `http://127.0.0.1:${port}`;
  slack.useHttp(`${url}/slack/events`);
  return { platform, url, inbox };
}

/** What a browser is given at the install page. */
export interface Visit {
  readonly page: Response;
  readonly html: string;
  readonly cookie: string;
  /** Slack's page of consent, where the button leads. */
  readonly consent: string;
}

export async function visit({ url }: Pick<Bot, 'url'>): Promise<Visit> {
  const page = await fetch(`${url}/slack/install`);
  const html = await page.text();
  const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
  const href = /href="([^"]+)"/.exec(html)?.[1] ?? '';
  return { page, html, cookie, consent: href.replaceAll('&amp;', '&') };
}

/** Comes back from Slack's page, with the address that Slack sends the browser to. */
export function comeBack(
  { url }: Pick<Bot, 'url'>,
  back: string,
  cookie: string,
): Promise<Response> {
  const { pathname, search } = new URL(back);
  return fetch(`${url}${pathname}${search}`, { headers: { cookie } });
}

/** Somebody of the workspace installs the app. The bot joins its channel, as if it were invited. */
export async function install(
  slack: SlackServer,
  bot: Pick<Bot, 'url'>,
  team: string,
): Promise<Response> {
  const { cookie, consent } = await visit(bot);
  const response = await comeBack(bot, slack.allow(consent, team), cookie);
  const joined = slack.world.installs.get(team)?.botUser ?? '';
  for (const { teams, members } of slack.world.channels.values()) {
    if (teams.has(team)) members.add(joined);
  }
  return response;
}
