import { afterEach, describe, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { recordingLog, type LogLine } from './open-installs.ts';
import { openSlack, pause } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const lines: LogLine[] = [];
  const scene = await openSlack({ settings: { log: recordingLog(lines) } });
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  scene.slack.addChannel('C2', 'T1');
  const post = (channel: string) => {
    const place = { platform: 'slack', tenant: 'T1', channel };
    return scene.platform.post(place, lineMessage('digest'), { key: channel });
  };
  const pages = () =>
    lines.flatMap(({ level, message }) =>
      level === 'error' && message.startsWith('page the operator') ? [message] : [],
    );
  return { ...scene, inbox, lines, post, pages };
}

describe('A token that Slack refuses', () => {
  it('13: of the bot pages the operator once, and nothing more is sent', async () => {
    const { slack, post, pages, platform } = await start();
    const ref = await post('C1');
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_auth' });
    await expect(post('C2')).rejects.toMatchObject({ kind: 'unavailable' });
    const calls = slack.api.calls.length;
    await expect(post('C2')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(platform.update(ref, lineMessage('changed'))).rejects.toThrow(/SLACK_BOT_TOKEN/);
    expect(slack.api.calls).toHaveLength(calls);
    expect(pages()).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')]);
  });

  it('13: of the app pages the operator once, and is tried again', async () => {
    const { slack, pages } = await start();
    slack.fail('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2);
    slack.socket.drop();
    while (slack.met() < 2 || slack.socket.connections === 0) await pause(5);
    expect(pages()).toEqual([expect.stringContaining('SLACK_APP_TOKEN')]);
  });
});

it.each([
  [
    'an event',
    async ({ slack }: Scene) => {
      await slack.uninstall('T1');
    },
  ],
  [
    'a call that Slack refuses',
    async ({ slack, post }: Scene) => {
      slack.fail('chat.postMessage', { kind: 'error', error: 'token_revoked' });
      await expect(post('C1')).rejects.toMatchObject({ kind: 'no-access' });
    },
  ],
])('A removal that is learnt of from %s is in the log once', async (_, remove) => {
  const scene = await start();
  await remove(scene);
  await scene.settled();
  expect(scene.lines.filter(({ message }) => message.includes('removed Paperboy'))).toEqual([
    expect.objectContaining({ level: 'warn', fields: { tenant: 'T1', name: 'Team T1' } }),
  ]);
});

type Scene = Awaited<ReturnType<typeof start>>;
