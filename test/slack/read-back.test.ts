import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryError } from '../../src/core/errors.ts';
import type { MessageRef, PostOptions } from '../../src/core/platform.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { imOf } from '../fakes/slack-server/world.ts';
import { openSlack, pause, type SetUpOptions } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: SetUpOptions = {}) {
  const scene = await openSlack(options);
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(createRecordingInbox(), definitions);
  const { slack, platform } = scene;
  const post = (line: string, options: Partial<PostOptions> = {}, channel = 'C1') =>
    platform.post({ ...place, channel }, lineMessage(line), { key: line, ...options });
  /** Posts a page of which nobody knows that Slack took it; returns how to post it again. */
  const lose = async (options: Partial<PostOptions> = {}, channel = 'C1') => {
    const attemptedAt = new Date();
    slack.fail('chat.postMessage', { kind: 'reset', posted: true });
    await expect(post('once', options, channel)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    return () => post('once', { ...options, attemptedAt }, channel);
  };
  /** Other people's messages of a day ago. */
  const talk = async (count: number, thread?: MessageRef) => {
    const yesterday = Math.floor(Date.now() / 1000) - 86_400;
    for (let index = 0; index < count; index++) {
      const { ts } = await slack.readers.say('U1', 'C1', `talk ${index}`);
      const message = slack.world.messages.find((each) => each.ts === ts)!;
      Object.assign(message, { ts: `${yesterday}.${ts.split('.')[1]!}` });
      if (thread !== undefined) Object.assign(message, { threadTs: thread.message });
    }
  };
  const pages = (channel = 'C1') => slack.messages(channel).filter(({ text }) => text === 'once');
  return { ...scene, post, lose, talk, pages };
}

describe('A page that Slack may have taken', () => {
  it('is found where many older messages stand', async () => {
    const { lose, talk, pages } = await start();
    await talk(1100);
    const again = await lose();
    expect((await again()).message).toBe(pages()[0]?.ts);
    expect(pages()).toHaveLength(1);
  });

  it('waits for a person where a thread is too long to be read', async () => {
    const { post, lose, talk, pages } = await start();
    const thread = await post('overview');
    await talk(1100, thread);
    const again = await lose({ thread });
    await expect(again()).rejects.toMatchObject({ kind: 'held' });
    expect(pages()).toHaveLength(1);
  });
});

describe.each([
  ['a private channel', 'groups:history'],
  ['a direct message', 'im:history'],
])('A page that Slack may have taken in %s', (_, scope) => {
  async function startThere() {
    const scene = await start();
    const { world } = scene.slack;
    const install = world.installs.get('T1')!;
    scene.slack.addChannel('G1', 'T1', { isPrivate: true });
    const channel = scope === 'im:history' ? imOf(world, install, 'U1').id : 'G1';
    return { ...scene, install, channel };
  }

  it.each([
    ['internal_error', { kind: 'error', error: 'internal_error', posted: true }],
    ['a reset', { kind: 'reset', posted: true }],
  ] as const)('is found after %s, not posted again', async (_, fault) => {
    const { slack, post, pages, channel } = await startThere();
    const attemptedAt = new Date();
    slack.fail('chat.postMessage', fault);
    await expect(post('once', {}, channel)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const ref = await post('once', { attemptedAt }, channel);
    expect(pages(channel).map(({ ts }) => ts)).toEqual([ref.message]);
  });

  it('waits for a person without the scope to look, which is named', async () => {
    const { lose, install, channel } = await startThere();
    const others = install.scopes.split(',').filter((each) => each !== scope);
    Object.assign(install, { scopes: others.join(',') });
    const again = await lose({}, channel);
    await expect(again()).rejects.toMatchObject({ kind: 'held' });
    await expect(again()).rejects.toThrow(`(${scope})`);
  });
});

describe('A page that Slack may have taken, for an app that may read 15 messages a minute', () => {
  const server = { isNarrow: true };

  it('is looked for further from where Slack asked to wait, and found', async () => {
    const { slack, lose, pages } = await start({ server });
    const again = await lose();
    for (let index = 0; index < 20; index++) await slack.readers.say('U1', 'C1', `talk ${index}`);
    const asked = (await again().catch((error: unknown) => error)) as DeliveryError;
    expect(asked.kind).toBe('rate-limited');
    await pause(asked.retryAfterMs ?? 0);
    expect((await again()).message).toBe(pages()[0]?.ts);
    const looks = slack.api.calls.filter(({ method }) => method === 'conversations.history');
    expect(looks.map(({ args }) => args['cursor'])).toEqual([undefined, '15', '15']);
    expect(pages()).toHaveLength(1);
  });

  it('asks nothing while Slack asks to wait', async () => {
    const { slack, lose } = await start({ server });
    const again = await lose();
    for (let index = 0; index < 20; index++) await slack.readers.say('U1', 'C1', `talk ${index}`);
    await expect(again()).rejects.toMatchObject({ kind: 'rate-limited' });
    const calls = slack.api.calls.length;
    await expect(again()).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(slack.api.calls).toHaveLength(calls);
  });

  it('keeps no other channel of the workspace waiting', async () => {
    const { slack, post, lose } = await start({ server });
    slack.addChannel('C2', 'T1');
    const again = await lose();
    for (let index = 0; index < 20; index++) await slack.readers.say('U1', 'C1', `talk ${index}`);
    await expect(again()).rejects.toMatchObject({ kind: 'rate-limited' });
    await post('other', {}, 'C2');
    expect(slack.messages('C2').map(({ text }) => text)).toEqual(['other']);
  });
});
