import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { examine } from '../../src/slack/examine.ts';
import type { SlackSettings } from '../../src/slack/settings.ts';
import { SCOPES } from '../../src/slack/scopes.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions } from '../fixtures/messages.ts';
import { APP } from '../fakes/slack-server/index.ts';
import { install, KEY, openLab, OTHER_KEY, startBot } from './open-installs.ts';
import { manifest, openSlack } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const channel = (id: string, tenant = 'T1') => ({ platform: 'slack', tenant, channel: id });

type Changed = { readonly [Name in keyof SlackSettings]?: SlackSettings[Name] | undefined };

async function lab() {
  const scene = await openSlack();
  closing.push(scene.close);
  const { slack } = scene;
  const [token = ''] = slack.world.installs.get('T1')!.tokens.keys();
  const settings: SlackSettings = {
    botToken: token,
    appToken: APP.appToken,
    port: 3000,
    apiUrl: slack.apiUrl,
    managers: 'admins',
    log: silentLog,
    clock: () => new Date(),
  };
  const look = async (over: Changed = {}, channels = [channel('C1')]) => {
    const found = await examine(
      Object.assign({}, settings, over),
      channels,
      createRecordingInbox().installations,
    );
    return found.map(({ ok, text }) => `${ok ? 'ok' : 'PROBLEM'} ${text}`);
  };
  return { ...scene, look };
}

describe('What Paperboy may do is asked for in the manifest', () => {
  it('and on the install page alike', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(Object.keys(SCOPES).sort());
  });
});

describe('The doctor', () => {
  it('finds nothing where nothing is wrong, and posts nothing', async () => {
    const { slack, look } = await lab();
    expect(await look()).toEqual([
      'ok Slack takes the app token for Socket Mode.',
      'ok Slack knows the bot in the workspace Team T1 (T1).',
      'ok Channel C1: digests can be posted.',
    ]);
    expect(await look({ appToken: undefined, signingSecret: 'x' })).toContain(
      'ok Slack sends signed requests: an address of yours, path /slack/events, must lead to port 3000.',
    );
    expect(slack.world.messages).toEqual([]);
  });

  it('names each scope that is missing, what it costs, and what to do', async () => {
    const { slack, look } = await lab();
    Object.assign(slack.world.installs.get('T1')!, {
      scopes:
        'commands,chat:write,channels:read,groups:read,users:read,im:write,groups:history,im:history,links:read,links:write',
    });
    expect((await look()).filter((line) => line.startsWith('PROBLEM'))).toEqual([
      'PROBLEM Team T1: The scope reactions:read is missing, so nobody can bookmark by a reaction: add it under OAuth & Permissions, and install the app again.',
      'PROBLEM Team T1: The scope channels:history is missing, so a page that may stand in a public channel already waits for a person: add it under OAuth & Permissions, and install the app again.',
    ]);
  });

  it('says what keeps digests from a channel', async () => {
    const { slack, look } = await lab();
    slack.addChannel('C2', 'T1', { withBot: false });
    slack.addChannel('C3', 'T1');
    slack.world.channels.get('C3')!.isArchived = true;
    const channels = [channel('C2'), channel('C3'), channel('C4'), channel('C1', 'T9')];
    expect((await look({}, channels)).slice(2)).toEqual([
      expect.stringMatching(/^PROBLEM Channel C2: .*\/invite @Paperboy/),
      expect.stringMatching(/^PROBLEM Channel C3: The channel is archived/),
      expect.stringMatching(/^PROBLEM Channel C4: .*private.*\/invite @Paperboy/),
      'PROBLEM Channel C1: Paperboy has no token for the workspace T9.',
    ]);
  });

  it.each<[string, Changed, RegExp]>([
    ['no bot token', { botToken: undefined }, /SLACK_BOT_TOKEN is not set/],
    ['a dead bot token', { botToken: 'xoxb-dead' }, /SLACK_BOT_TOKEN: invalid_auth\. Copy/],
    ['the app token in its place', { botToken: APP.appToken }, /begins with xoxb-/],
    [
      'a bot token as app token',
      { appToken: 'xoxb-dead' },
      /begins with xoxb-, SLACK_APP_TOKEN with/,
    ],
    ['no way for Slack', { appToken: undefined }, /set SLACK_APP_TOKEN for/],
  ])('tells %s', async (_, over, problem) => {
    const { look } = await lab();
    const found = await look(over, []);
    expect(found.filter((line) => line.startsWith('PROBLEM'))).toEqual([
      expect.stringMatching(problem),
    ]);
    expect(found.join('\n')).not.toMatch(/xoxb-dead|xapp-1/);
  });

  it('tells a user’s token, which would post in somebody’s name', async () => {
    const { slack, look } = await lab();
    Object.assign(slack.world.installs.get('T1')!, { botId: '' });
    expect(await look({}, [])).toContainEqual(
      expect.stringMatching(/^PROBLEM SLACK_BOT_TOKEN is no bot’s token/),
    );
  });

  it('looks at every workspace that has installed the app, and renews no token', async () => {
    const slack = await openLab({ rotates: true });
    closing.push(() => slack.close());
    const inbox = createRecordingInbox();
    const bot = await startBot(slack, inbox, { log: silentLog });
    closing.push(() => bot.platform.stop());
    for (const team of ['T1', 'T2']) await install(slack, bot, team);
    await slack.clock.advance(11 * 3_600_000);
    const look = async (keys: readonly string[]) => {
      const { clientId, clientSecret, signingSecret } = APP;
      const found = await examine(
        {
          signingSecret,
          oauth: {
            clientId,
            clientSecret,
            encryptionKeys: keys,
            address: 'https://papers.example',
          },
          port: 3000,
          apiUrl: slack.apiUrl,
          managers: 'admins',
          log: silentLog,
          clock: () => new Date(slack.clock.now()),
        },
        [channel('C1'), channel('C2', 'T2')],
        inbox.installations,
      );
      return found.map(({ ok, text }) => `${ok ? 'ok' : 'PROBLEM'} ${text}`);
    };
    const before = JSON.stringify([...inbox.installed]);
    expect(await look([OTHER_KEY, KEY])).toEqual([
      'ok Slack sends signed requests: https://papers.example, path /slack/events, must lead to port 3000.',
      'ok 2 workspaces have installed Paperboy at https://papers.example/slack/install.',
      'ok Slack knows the bot in the workspace Team T1 (T1).',
      'ok Slack knows the bot in the workspace Team T2 (T2).',
      'ok Channel C1: digests can be posted.',
      'ok Channel C2: digests can be posted.',
    ]);
    expect((await look([OTHER_KEY])).filter((line) => /^PROBLEM T[12]: /.test(line))).toEqual([
      expect.stringMatching(/PAPERBOY_SLACK_ENCRYPTION_KEY/),
      expect.stringMatching(/PAPERBOY_SLACK_ENCRYPTION_KEY/),
    ]);
    expect(JSON.stringify([...inbox.installed])).toBe(before);
    expect(slack.api.calls.filter(({ method }) => method === 'oauth.v2.access')).toHaveLength(2);
  });
});

describe('A subscription', () => {
  it('is told what keeps it from being posted', async () => {
    const { slack, platform } = await lab();
    closing.push(() => platform.stop());
    slack.addChannel('C2', 'T1', { withBot: false });
    await platform.start(createRecordingInbox(), definitions);
    expect(await platform.problems?.(channel('C1'))).toEqual([]);
    expect(await platform.problems?.(channel('C2'))).toEqual([
      expect.stringContaining('/invite @Paperboy'),
    ]);
  });
});
