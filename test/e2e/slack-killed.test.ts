import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeDigest } from '../../src/core/store/digests.ts';
import { closeStore, openStore } from '../../src/core/store/open.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { lineMessage } from '../fixtures/messages.ts';
import {
  APP,
  startSlackServer,
  type SlackServer,
  type SlackServerOptions,
} from '../fakes/slack-server/index.ts';
import { install, KEY } from '../slack/open-installs.ts';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

let folder: string;
let source: HuggingFaceServer;
let slack: SlackServer;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  database = join(folder, 'paperboy.db');
  source = await startHuggingFaceServer();
});

afterEach(async () => {
  await slack.close();
  await source.close();
  rmSync(folder, { recursive: true });
});

async function openServer(options: SlackServerOptions = {}): Promise<void> {
  slack = await startSlackServer(options);
}

function start(env: Readonly<Record<string, string>>) {
  const child = startPaperboy(['start'], {
    PAPERBOY_SLACK_API_URL: slack.apiUrl,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: database,
    ...env,
  });
  const output = collect(child);
  return { child, said: () => output().stderr };
}

async function end(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): Promise<void> {
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}

/** A digest of three pages, as planning leaves it. */
async function planOne(): Promise<void> {
  const store = openStore(database);
  const channel = { platform: 'slack', tenant: 'T1', channel: 'C1' };
  const pages = ['overview', 'first', 'second'].map((line, position) => ({
    message: lineMessage(line),
    papers: [],
    inThread: position > 0,
  }));
  const now = new Date();
  const [localDate, nextDue] = [
    now.toISOString().slice(0, 10),
    new Date(now.getTime() + 86_400_000),
  ];
  const plan = { channel, localDate, listDate: undefined, pages, nextDue };
  await writeDigest(store, plan, now.toISOString());
  await closeStore(store);
}

function states(): string[] {
  const file = new SQLite(database, { readonly: true });
  const rows = file.prepare<[], { state: string }>(
    'SELECT state FROM deliveries ORDER BY position',
  );
  const found = rows.all().map(({ state }) => state);
  file.close();
  return found;
}

const lines = () => slack.messages('C1').map(({ text, thread }) => [text, thread !== undefined]);
const reads = () =>
  slack.api.calls.filter(({ method }) => /^conversations\.(history|replies)$/.test(method));

it.each([
  ['the overview, read back in the channel', 0],
  ['a paper, read back in the thread', 1],
])(
  '4: killed after Slack took %s, before we wrote it down',
  async (_, position) => {
    await openServer();
    const env = { SLACK_BOT_TOKEN: slack.addTeam('T1'), SLACK_APP_TOKEN: APP.appToken };
    slack.addChannel('C1', 'T1');
    await planOne();
    const hang = { kind: 'hang', posted: true } as const;

    if (position === 0) slack.fail('chat.postMessage', hang);
    const first = start(env);
    await eventually(() => lines()[0], 30_000, first.said, 5);
    if (position === 1) slack.fail('chat.postMessage', hang);
    await eventually(() => lines()[position], 30_000, first.said, 5);
    await end(first.child, 'SIGKILL');
    expect(states()[position]).toBe('sending');

    slack.fail('auth.test', { kind: 'hang' });
    const second = start(env);
    // Its claims are released, and it waits for Slack.
    const greetings = () => slack.api.calls.filter(({ method }) => method === 'auth.test');
    await eventually(() => greetings()[1], 30_000, second.said, 20);
    expect(states()[position]).toBe('unknown');
    await end(second.child, 'SIGKILL');
    expect([lines().length, reads()]).toEqual([position + 1, []]);

    const third = start(env);
    const isSent = () => (states().every((state) => state === 'sent') ? true : undefined);
    await eventually(isSent, 30_000, () => `${states().join()} ${third.said()}`, 20);
    await end(third.child, 'SIGTERM');
    expect(lines()).toEqual([
      ['overview', false],
      ['first', true],
      ['second', true],
    ]);
    expect(reads()).toHaveLength(1);
    expect([slack.hidden(), slack.api.limited]).toEqual([[], []]);
  },
  120_000,
);

it('51: killed after Slack renewed a token, before we wrote it down', async () => {
  await openServer({ rotates: true, tokenLifeMs: 3_600_000 });
  for (const number of [1, 2]) {
    slack.addTeam(`T${number}`, { installed: false });
    slack.addUser(`U${number}`, `T${number}`);
    slack.addChannel(`C${number}`, `T${number}`);
  }
  const config = join(folder, 'paperboy.yaml');
  writeFileSync(config, 'slack: { port: 0, address: "https://papers.example" }\n');
  const env = {
    PAPERBOY_CONFIG: config,
    SLACK_CLIENT_ID: APP.clientId,
    SLACK_CLIENT_SECRET: APP.clientSecret,
    SLACK_SIGNING_SECRET: APP.signingSecret,
    PAPERBOY_SLACK_ENCRYPTION_KEY: KEY,
  };
  const ready = async ({ said }: ReturnType<typeof start>) => {
    const port = () => /Slack, in .*port (\d+)/.exec(said())?.[1];
    const url = `http://127.0.0.1:${await eventually(port, 30_000, said)}`;
    slack.useHttp(`${url}/slack/events`);
    return { url };
  };
  const first = start(env);
  const bot = await ready(first);
  for (const team of ['T1', 'T2']) expect((await install(slack, bot, team)).status).toBe(200);
  const renewals = () => slack.api.calls.filter(({ method }) => method === 'oauth.v2.access');
  const before = renewals().length;
  slack.fail('oauth.v2.access', { kind: 'hang', posted: true });
  await slack.readers.type('U1', 'C1', 'help');
  await eventually(() => renewals()[before], 30_000, first.said, 5);
  await end(first.child, 'SIGKILL');

  const second = start(env);
  await ready(second);
  expect(second.said()).toContain('in 2 workspaces');
  await slack.readers.type('U2', 'C2', 'help');
  // What was asked before the crash is answered after it, with the old token.
  await eventually(() => slack.ephemerals('U1')[0], 30_000, second.said);
  await eventually(() => slack.ephemerals('U2')[0], 30_000, second.said);
  const asked = () => slack.world.messages.find(({ channel }) => channel.startsWith('D'));
  const { text } = await eventually(asked, 30_000, second.said);
  expect(text).toContain('install Paperboy again at https://papers.example/slack/install');
  expect(second.said()).toMatch(/page the operator: Slack refuses to renew/);
  expect(`${first.said()}${second.said()}`).not.toMatch(/xox[a-z]/);
  await end(second.child, 'SIGTERM');
}, 120_000);
