import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startHuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { APP, startSlackServer } from '../fakes/slack-server/index.ts';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

it('29: a connection that fails while it reconnects does not end the process', async () => {
  // slackapi/node-slack-sdk#2656: nobody caught what the client's own reconnecting rejects with.
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  const [slack, source] = [await startSlackServer(), await startHuggingFaceServer()];
  const child = startPaperboy(['start'], {
    PAPERBOY_SLACK_API_URL: slack.apiUrl,
    PAPERBOY_HF_URL: source.url,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
    SLACK_BOT_TOKEN: slack.addTeam('T1'),
    SLACK_APP_TOKEN: APP.appToken,
  });
  const output = collect(child);
  const said = () => output().stderr;
  const connected = (count: number) =>
    eventually(() => slack.socket.greeted >= count || undefined, 30_000, said, 5);
  await connected(1);
  // A socket that is refused, one that breaks off with a call unanswered, and an API that is away.
  slack.socket.refuse(2);
  slack.socket.drop();
  await eventually(() => slack.socket.refused >= 2 || undefined, 30_000, said, 5);
  slack.fail('apps.connections.open', { kind: 'reset' });
  await connected(2);
  expect(child.exitCode).toBeNull();
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
  expect(child.exitCode).toBe(0);
  expect(said()).not.toMatch(/unhandled/i);
  await Promise.all([slack.close(), source.close()]);
  rmSync(folder, { recursive: true });
}, 90_000);
