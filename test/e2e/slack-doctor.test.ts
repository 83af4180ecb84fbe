import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeStore, openStore } from '../../src/core/store/open.ts';
import { putSubscription } from '../../src/core/store/subscriptions.ts';
import { createSubscription } from '../core/commands/services.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { APP, startSlackServer, type SlackServer } from '../fakes/slack-server/index.ts';
import { manifest } from '../slack/open-slack.ts';
import { runPaperboy } from './paperboy-process.ts';

let folder: string;
let source: HuggingFaceServer;
let slack: SlackServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  source = await startHuggingFaceServer();
  slack = await startSlackServer();
});

afterAll(async () => {
  await slack.close();
  await source.close();
  rmSync(folder, { recursive: true });
});

it('tells what Slack lacks for a subscribed channel, and then that nothing does', async () => {
  const token = slack.addTeam('T1', { scopes: manifest.oauth_config.scopes.bot.join(',') });
  slack.addChannel('C1', 'T1', { withBot: false });
  const database = join(folder, 'paperboy.db');
  const store = openStore(database);
  const channel = { platform: 'slack', tenant: 'T1', channel: 'C1' };
  await putSubscription(store, createSubscription({ channel }), new Date().toISOString());
  await closeStore(store);
  const env = {
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: APP.appToken,
    PAPERBOY_SLACK_API_URL: slack.apiUrl,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: database,
  };
  const before = await runPaperboy(['doctor'], env);
  expect([before.status, before.stdout]).toEqual([
    1,
    expect.stringMatching(
      /PROBLEM +Channel C1: Paperboy is not in the channel.*\/invite @Paperboy/,
    ),
  ]);
  slack.world.channels.get('C1')!.members.add(slack.world.installs.get('T1')!.botUser);
  const after = await runPaperboy(['doctor'], env);
  expect(after.stdout).toMatch(/ok +Slack takes the app token for Socket Mode/);
  expect(after.stdout).toMatch(/ok +Slack knows the bot in the workspace Team T1/);
  expect(after.stdout).toMatch(/ok +Channel C1: digests can be posted/);
  expect(after.stdout).not.toMatch(/PROBLEM.*(?:Slack|Channel)/);
}, 60_000);
