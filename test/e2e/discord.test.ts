import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitions } from '../../src/core/commands/index.ts';
import { startDiscordServer, type DiscordServer } from '../fakes/discord-server/index.ts';
import type { Actor } from '../fakes/discord-server/invocation/invoke.ts';
import type { Channel, Message } from '../fakes/discord-server/world.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { customIdOf, wordsOf } from '../discord/screen.ts';
import { listOf, newestClosedDate } from './daily-list.ts';
import { collect, eventually, runPaperboy, startPaperboy } from './paperboy-process.ts';

let folder: string;
let source: HuggingFaceServer;
let server: DiscordServer;
let channel: Channel;
let ada: Actor;
let admin: Actor;
/** So many that nobody must wait for a turn. */
let crowd: Actor[];
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  source = await startHuggingFaceServer();
  const date = newestClosedDate();
  source.lists.set(date, listOf(date));
  server = await startDiscordServer();
  const guild = server.addGuild();
  channel = server.addChannel({ guild });
  ada = { channel, userId: server.addUser({ guilds: [guild] }).id };
  crowd = Array.from({ length: 5 }, () => ({
    channel,
    userId: server.addUser({ guilds: [guild] }).id,
  }));
  const manager = server.addUser({ guilds: [guild], permissions: ['MANAGE_CHANNELS'] });
  admin = { channel, userId: manager.id };
  env = {
    DISCORD_TOKEN: server.token,
    PAPERBOY_DISCORD_API_URL: server.url,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
  };
});

afterAll(async () => {
  await server.close();
  await source.close();
  rmSync(folder, { recursive: true });
});

it('posts a day on Discord, answers every command, and keeps what a reader marks', async () => {
  const child = startPaperboy(['start'], env);
  const output = collect(child);
  const said = () => output().stderr;
  try {
    await eventually(
      () => (said().includes('Discord as paperboy') ? true : undefined),
      30_000,
      said,
    );

    const at = new Date(Date.now() + 70_000).toISOString().slice(11, 16);
    const wish = { at, timezone: 'UTC', days: 'daily', count: 3 };
    const refused = await say(ada, 'subscribe', wish);
    expect([refused.ephemeralFor, wordsOf(refused)]).toEqual([
      ada.userId,
      expect.stringMatching(/manage this channel/),
    ]);
    expect(wordsOf(await say(admin, 'subscribe', wish))).toMatch(/first digest/i);

    const posted = () => `${said()}\n${server.messagesIn(channel.id).map(wordsOf).join('\n\n')}`;
    const thread = await eventually(() => server.threadsOf(channel.id)[0], 130_000, posted);
    const papers = await eventually(() => threeIn(thread), 30_000, said);
    const overview = channel.messages.get(thread.id)!;
    expect(overview.pings).toEqual([]);
    expect(papers.map((each) => wordsOf(each).split('\n')[0]?.slice(0, 3))).toEqual([
      '1. ',
      '2. ',
      '3. ',
    ]);

    const [first] = papers;
    const id = /arxiv\.org\/abs\/([\d.]+)/.exec(JSON.stringify(first!.components))![1]!;
    await answerEveryCommand(id);

    expect(wordsOf(await say(ada, 'saved'))).not.toContain(id);
    server.react({ channelId: thread.id, id: first!.id }, '🔖', ada.userId);
    await eventually(async () => ((await saves(id)) ? true : undefined), 10_000, said);
    server.unreact({ channelId: thread.id, id: first!.id }, '🔖', ada.userId);
    await eventually(async () => ((await saves(id)) ? undefined : true), 10_000, said);

    const pressed = server.pressButton(ada, first!, customIdOf(first!, 'Save'));
    expect(wordsOf(await pressed.reply())).toMatch(/Saved/);
    expect(await saves(id)).toBe(true);
    const settings = server.pressButton(admin, overview, customIdOf(overview, 'Settings'));
    expect((await settings.first()).type).toBe(9);
    expect(wordsOf(await server.submitModal(admin, settings, { count: '4' }).reply())).toContain(
      '4',
    );
    expect(wordsOf(await say(admin, 'unsubscribe'))).toMatch(/no more digests/i);
    expect(wordsOf(await say(admin, 'subscribe', wish))).toMatch(/first digest/i);
  } finally {
    child.kill('SIGTERM');
  }
  await eventually(() => child.exitCode ?? undefined, 15_000, said);
  expect(child.exitCode).toBe(0);
  expect([server.violations, server.crashes, server.countOf429()]).toEqual([[], [], 0]);
  expect(said()).not.toContain(server.token);

  const examined = await runPaperboy(['doctor'], env);
  expect(examined.stdout).toMatch(/ok +Discord knows the bot as Paperboy/);
  expect(examined.stdout).toContain('https://discord.com/oauth2/authorize?client_id=');
  expect(examined.stdout).toContain(`ok       Channel ${channel.id}: digests can be posted.`);
  server.setPermissions(channel, ['VIEW_CHANNEL']);
  const again = await runPaperboy(['doctor'], env);
  expect([again.status, again.stdout]).toEqual([1, expect.stringContaining('Send Messages')]);
}, 300_000);

function threeIn(thread: Channel): readonly Message[] | undefined {
  const messages = server.messagesIn(thread.id);
  return messages.length === 3 ? messages : undefined;
}

function say(actor: Actor, subcommand: string, options = {}): Promise<Message> {
  return server.runCommand(actor, { name: 'papers', subcommand, options }).reply();
}

async function saves(id: string): Promise<boolean> {
  return JSON.stringify((await say(ada, 'saved')).components).includes(id);
}

/** Each with what it needs; none may end in an apology. */
async function answerEveryCommand(id: string): Promise<void> {
  const options: Readonly<Record<string, object>> = {
    topic: { query: 'learning' },
    show: { paper: id },
    save: { paper: id },
    unsave: { paper: id },
    similar: { paper: id },
    topics: { action: 'list' },
    mute: { action: 'list' },
  };
  const later = new Set(['subscribe', 'unsubscribe', 'settings']);
  const all = definitions.filter((each) => !later.has(each.name));
  for (const [index, { name }] of all.entries()) {
    const words = wordsOf(await say(crowd[index % crowd.length]!, name, options[name]));
    expect([name, words]).toEqual([name, expect.stringMatching(/./)]);
    expect(words).not.toMatch(/something went wrong/);
  }
}
