import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../fakes/discord-server/index.ts';
import type { Actor } from '../fakes/discord-server/invocation/invoke.ts';
import type { Channel } from '../fakes/discord-server/world.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { APP, startSlackServer, type SlackServer } from '../fakes/slack-server/index.ts';
import { wordsOf } from '../discord/screen.ts';
import { listOf, newestClosedDate } from './daily-list.ts';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

let folder: string;
let source: HuggingFaceServer;
let discord: DiscordServer;
let slack: SlackServer;
let room: Channel;
let manager: Actor;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  source = await startHuggingFaceServer();
  const date = newestClosedDate();
  source.lists.set(date, listOf(date));
  discord = await startDiscordServer();
  slack = await startSlackServer();
  const guild = discord.addGuild();
  room = discord.addChannel({ guild });
  const { id: userId } = discord.addUser({ guilds: [guild], permissions: ['MANAGE_CHANNELS'] });
  manager = { channel: room, userId };
  const token = slack.addTeam('T1');
  slack.addUser('UADMIN', 'T1', { isAdmin: true });
  slack.addChannel('C1', 'T1');
  env = {
    DISCORD_TOKEN: discord.token,
    PAPERBOY_DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: APP.appToken,
    PAPERBOY_SLACK_API_URL: slack.apiUrl,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
  };
});

afterAll(async () => {
  await discord.close();
  await slack.close();
  await source.close();
  rmSync(folder, { recursive: true });
});

it('serves both platforms from one process, each with its own digest and library until they are joined', async () => {
  const child = startPaperboy(['start'], env);
  const said = collect(child);
  const log = () => said().stderr;
  const shown = (text: string) => () => (log().includes(text) ? true : undefined);
  try {
    await eventually(shown('Discord as paperboy'), 30_000, log);
    await eventually(shown('Slack, in the workspace'), 30_000, log);
    const at = new Date(Date.now() + 70_000).toISOString().slice(11, 16);
    await subscribeBoth(at);

    const thread = await eventually(() => discord.threadsOf(room.id)[0], 130_000, log);
    const inDiscord = () => atLeast(2, discord.messagesIn(thread.id).map(wordsOf));
    const inSlack = () =>
      atLeast(
        2,
        threadInSlack().map(({ text }) => text),
      );
    const [one, other] = [
      await eventually(inDiscord, 30_000, log),
      await eventually(inSlack, 130_000, log),
    ];
    expect(one.map(titleOf)).toEqual(other.map(titleOf));

    const [paper] = threadInSlack();
    await slack.readers.react('UADMIN', { channel: 'C1', ts: paper!.ts }, 'bookmark');
    const saved = async () => {
      const answer = await inSlackHeard('saved');
      return answer.includes(titleOf(other[0]!)) ? true : undefined;
    };
    await eventually(saved, 10_000, log);
    expect(wordsOf(await onDiscord('saved', {}))).not.toContain(titleOf(one[0]!));
    await joinAndPart(titleOf(one[0]!), log);
  } finally {
    child.kill('SIGTERM');
  }
  await eventually(() => child.exitCode ?? undefined, 15_000, log);
  expect(child.exitCode).toBe(0);
  expect([discord.violations, discord.countOf429(), slack.hidden()]).toEqual([[], 0, []]);
}, 300_000);

/** The paper is saved in Slack alone. */
async function joinAndPart(title: string, log: () => string): Promise<void> {
  const page = () => slack.view('UADMIN', 'home');
  await slack.readers.openHome('UADMIN');
  const { id } = await eventually(page, 10_000, log);
  await slack.readers.pressInView('UADMIN', id, { label: 'Join your libraries' });
  const given = () => /\/papers link (\S+)/.exec(page()?.text ?? '')?.[1];
  const code = await eventually(given, 10_000, log);

  const joined = wordsOf(await onDiscord('link', { code: code.toLowerCase() }));
  expect(joined).toMatch(/your library now holds 1 paper\.[^]*your account on Slack/);
  expect(wordsOf(await onDiscord('saved', {}))).toContain(title);
  expect(await inSlackHeard('link')).toContain('your account on Discord');
  expect(await inSlackHeard('link off')).toMatch(/^Parted: here you keep the 1 paper/);
  expect(wordsOf(await onDiscord('saved', {}))).toContain('You have saved no papers yet');
  expect(wordsOf(await onDiscord('link', { code }))).toMatch(/^This code was used already/);
}

async function subscribeBoth(at: string): Promise<void> {
  const wish = { at, timezone: 'UTC', days: 'daily', count: 2 };
  expect(wordsOf(await onDiscord('subscribe', wish))).toMatch(/first digest/i);
  const typed = `subscribe at:${at} timezone:UTC days:daily count:2`;
  expect(await inSlackHeard(typed)).toMatch(/first digest/i);
}

function onDiscord(subcommand: string, options: Record<string, string | number>) {
  return discord.runCommand(manager, { name: 'papers', subcommand, options }).reply();
}

/** What the person reads after typing that, in the channel or alone. */
async function inSlackHeard(text: string): Promise<string> {
  const before = [slack.ephemerals('UADMIN').length, slack.messages('C1').length] as const;
  await slack.readers.type('UADMIN', 'C1', text);
  const answer = () => slack.ephemerals('UADMIN')[before[0]] ?? slack.messages('C1')[before[1]];
  return (await eventually(answer, 20_000, () => text)).text;
}

function threadInSlack() {
  return slack.messages('C1').filter(({ thread }) => thread !== undefined);
}

function atLeast(count: number, texts: readonly string[]): readonly string[] | undefined {
  return texts.length >= count ? texts : undefined;
}

/** The first line without its rank. */
function titleOf(text: string): string {
  return text.split('\n')[0]!.replace(/^\d+\. /, '');
}
