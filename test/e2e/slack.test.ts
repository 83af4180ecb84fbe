import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitions } from '../../src/core/commands/index.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import {
  APP,
  startSlackServer,
  type SeenMessage,
  type SlackServer,
} from '../fakes/slack-server/index.ts';
import { listOf, newestClosedDate } from './daily-list.ts';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

let folder: string;
let source: HuggingFaceServer;
let slack: SlackServer;
let token: string;

/** So many that nobody must wait for a turn. */
const CROWD = ['U1', 'U2', 'U3', 'U4', 'U5'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  source = await startHuggingFaceServer();
  const date = newestClosedDate();
  source.lists.set(date, listOf(date));
  slack = await startSlackServer();
  token = slack.addTeam('T1');
  slack.addUser('UADA', 'T1');
  slack.addUser('UADMIN', 'T1', { isAdmin: true });
  for (const user of CROWD) slack.addUser(user, 'T1');
  slack.addChannel('C1', 'T1');
});

afterAll(async () => {
  await slack.close();
  await source.close();
  rmSync(folder, { recursive: true });
});

it('posts a day on Slack, answers every command, and keeps what a reader marks', async () => {
  const child = startPaperboy(['start'], {
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: APP.appToken,
    PAPERBOY_SLACK_API_URL: slack.apiUrl,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
  });
  const output = collect(child);
  const said = () => output().stderr;
  try {
    await eventually(
      () => (said().includes('Slack, in the workspace') ? true : undefined),
      30_000,
      said,
    );

    const at = new Date(Date.now() + 70_000).toISOString().slice(11, 16);
    const wish = `subscribe at:${at} timezone:UTC days:daily count:3`;
    expect(await say('UADA', wish)).toMatch(/manage this channel/);
    expect(await say('UADMIN', wish)).toMatch(/first digest/i);
    const papers = await eventually(threeInThread, 130_000, () => `${said()}\n${seen()}`);
    expect(papers.map(({ text }) => text.slice(0, 3))).toEqual(['1. ', '2. ', '3. ']);
    expect(slack.messages('C1').flatMap(({ pings }) => pings)).toEqual([]);

    const [first] = papers;
    const id = /arxiv\.org\/abs\/([\d.]+)/.exec(first!.links.join(' '))![1]!;
    const title = first!.text.split('\n')[0]!.slice('1. '.length);
    await answerEveryCommand(id);

    const paper = { channel: 'C1', ts: first!.ts };
    expect(await say('UADA', 'saved')).not.toContain(title);
    await slack.readers.react('UADA', paper, 'bookmark::skin-tone-2');
    await eventually(async () => ((await saves(title)) ? true : undefined), 10_000, said);
    await slack.readers.react('UADA', paper, 'bookmark', false);
    await eventually(async () => ((await saves(title)) ? undefined : true), 10_000, said);
    expect(await hear('UADA', () => slack.readers.press('UADA', paper, { label: 'Save' }))).toMatch(
      /Saved/,
    );
    expect(await saves(title)).toBe(true);

    await slack.readers.openHome('UADA');
    const page = () => slack.view('UADA', 'home')?.text;
    expect(await eventually(page, 10_000, said)).toMatch(/Papers of [^]*You saved 1 paper/);
    expect(page()).toContain(title);

    const link = `https://arxiv.org/abs/${id}`;
    const { ts } = await slack.readers.say('UADA', 'C1', `Worth a look: ${link}`);
    const written = slack.world.messages.find((each) => each.ts === ts)!;
    const cards = () => Object.entries(written.unfurls)[0];
    const [url, card] = await eventually(cards, 10_000, said);
    expect([url, JSON.stringify(card)]).toEqual([link, expect.stringContaining(id)]);
    const pasted = { channel: 'C1', ts };
    const save = () => slack.readers.pressOnCard('UADA', pasted, link, { label: 'Save' });
    expect(await hear('UADA', save)).toMatch(/already/i);

    await slack.readers.type('UADMIN', 'C1', 'settings');
    const form = await eventually(() => slack.view('UADMIN', 'modal'), 10_000, said);
    const values = { count: '4' };
    const changed = () => slack.readers.submit('UADMIN', form.id, values);
    expect(await hear('UADMIN', changed)).toContain('4');
  } finally {
    child.kill('SIGTERM');
  }
  await eventually(() => child.exitCode ?? undefined, 15_000, said);
  expect(child.exitCode).toBe(0);
  expect([slack.hidden(), slack.api.limited]).toEqual([[], []]);
  expect(said()).not.toContain(token);
}, 300_000);

function threeInThread(): readonly SeenMessage[] | undefined {
  const papers = slack.messages('C1').filter(({ thread }) => thread !== undefined);
  return papers.length === 3 ? papers : undefined;
}

function seen(): string {
  return slack
    .messages('C1')
    .map(({ text }) => text)
    .join('\n\n');
}

/** What a person reads after doing that: alone, or in the channel. */
async function hear(user: string, act: () => Promise<unknown>): Promise<string> {
  const before = [slack.ephemerals(user).length, slack.messages('C1').length] as const;
  await act();
  const answer = () => slack.ephemerals(user)[before[0]] ?? slack.messages('C1')[before[1]];
  return (await eventually(answer, 20_000, seen)).text;
}

function say(user: string, text: string): Promise<string> {
  return hear(user, () => slack.readers.type(user, 'C1', text));
}

async function saves(title: string): Promise<boolean> {
  return (await say('UADA', 'saved')).includes(title);
}

/** Each with what it needs; none may end in an apology. */
async function answerEveryCommand(id: string): Promise<void> {
  const words: Readonly<Record<string, string>> = {
    topic: 'learning',
    show: id,
    save: id,
    unsave: id,
    topics: 'list',
    mute: 'list',
  };
  const later = new Set(['subscribe', 'unsubscribe', 'settings']);
  const all = definitions.filter((each) => !later.has(each.name));
  for (const [index, { name }] of all.entries()) {
    const answer = await say(CROWD[index % CROWD.length]!, `${name} ${words[name] ?? ''}`);
    expect([name, answer]).toEqual([name, expect.stringMatching(/./)]);
    expect(answer).not.toMatch(/something went wrong/);
  }
}
