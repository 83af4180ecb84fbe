import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { newestClosedDate } from './daily-list.ts';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

const ID = '2609.00777';

let folder: string;
let source: HuggingFaceServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  source = await startHuggingFaceServer();
  const date = newestClosedDate();
  source.lists.set(date, [videoPaper(date)]);
});

afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

it('posts a due digest on the local page, answers a search, and keeps a bookmark', async () => {
  const child = startPaperboy(['preview', '--port', '0'], {
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
  });
  const output = collect(child);
  try {
    const url = await eventually(
      () => /http:\/\/127\.0\.0\.1:\d+/.exec(output().stderr)?.[0],
      30_000,
      () => output().stderr,
    );
    expect(output().stdout).toContain('A Lantern for Video Generation');

    const subscribed = await say(url, `subscribe at:${nextMinute()} timezone:UTC days:daily`);
    expect(subscribed.html ?? JSON.stringify(subscribed)).toMatch(/first digest/i);
    const messages = await eventually(
      async () => {
        const all = await messagesOf(url);
        return all.find(({ key }) => key.startsWith('preview|') && key.endsWith('|0')) && all;
      },
      130_000,
      () => output().stderr,
    );
    const digest = messages.find(({ key }) => key.startsWith('preview|'));
    const paper = await eventually(
      async () => (await messagesOf(url)).find(({ id }) => id === digest?.id)?.replies.at(0),
      10_000,
      () => 'the paper in the digest’s thread',
    );
    expect(paper.html).toContain('A Lantern for Video Generation');

    const answer = await say(url, 'topic "video generation"');
    expect(JSON.stringify(answer)).toContain(ID);
    expect(JSON.stringify(await say(url, 'saved'))).not.toContain(ID);

    await post(url, '/api/react', { message: paper.id, emoji: '🔖', added: true });
    expect(JSON.stringify(await say(url, 'saved'))).toContain(ID);

    await post(url, '/api/react', { message: paper.id, emoji: '🔖', added: false });
    expect(JSON.stringify(await say(url, 'saved'))).not.toContain(ID);
  } finally {
    child.kill('SIGTERM');
  }
  await eventually(
    () => child.exitCode ?? undefined,
    10_000,
    () => output().stderr,
  );
  expect(child.exitCode).toBe(0);
}, 200_000);

interface PageMessage {
  readonly id: string;
  readonly key: string;
  readonly html: string;
  readonly replies: readonly PageMessage[];
}

async function messagesOf(url: string): Promise<readonly PageMessage[]> {
  const response = await fetch(`${url}/api/messages`);
  return ((await response.json()) as { messages: PageMessage[] }).messages;
}

function say(url: string, text: string): Promise<{ html?: string }> {
  return post(url, '/api/command', { text, timezone: 'UTC' });
}

async function post(url: string, path: string, body: object): Promise<{ html?: string }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { html?: string };
}

/** The time of the next full minute that is at least 10 s away, in UTC. */
function nextMinute(): string {
  return new Date(Date.now() + 70_000).toISOString().slice(11, 16);
}

function videoPaper(date: string): object {
  return {
    paper: {
      id: ID,
      title: 'A Lantern for Video Generation',
      summary: 'We light the way of video generation. The lantern is bright.',
      authors: [{ name: 'Ada Lampwick', hidden: false }],
      publishedAt: `${date}T00:00:00.000Z`,
      submittedOnDailyAt: `${date}T00:00:00.000Z`,
      upvotes: 12,
    },
    title: 'A Lantern for Video Generation',
    publishedAt: `${date}T00:00:00.000Z`,
    numComments: 1,
  };
}
