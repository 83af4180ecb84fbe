import { afterEach, expect, it } from 'vitest';
import type { MessageRef } from '../../src/core/platform.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { openSlack, pause, type SetUpOptions } from './open-slack.ts';
import { openCore } from './real-core.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A bot that has posted two messages, and is stopped. */
async function away(options: SetUpOptions = {}) {
  const scene = await openSlack({
    ...options,
    settings: { lookMs: 1, ...options.settings },
  });
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  const refs: MessageRef[] = [];
  for (const key of ['a', 'b']) {
    refs.unshift(await scene.platform.post(place, lineMessage(key), { key }));
  }
  inbox.recentMessages = refs;
  const put = (ref: MessageRef, name: string, ...users: string[]) => {
    const message = scene.slack.world.messages.find(({ ts }) => ts === ref.message);
    message!.reactions.set(name, new Set(users));
  };
  const seen = () =>
    inbox.reconciled
      .filter(({ readers }) => readers.length > 0)
      .map(({ message, emoji, readers }) => [
        message.message,
        emoji,
        readers.map(({ tenant, user }) => `${tenant}/${user}`),
      ]);
  const looked = async () => {
    while (inbox.reconciled.length < 6) await pause(2);
  };
  return { ...scene, inbox, refs, put, seen, looked };
}

it('29: what readers did while the bot was away is made up for at the start', async () => {
  const { slack, platform, inbox, refs, put, seen, looked } = await away();
  await platform.stop();
  const [newest, oldest] = [refs[0]!, refs[1]!];
  const bot = slack.world.installs.get('T1')!.botUser;
  put(newest, 'bookmark', 'U1', bot);
  put(newest, 'bookmark::skin-tone-3', 'U9', 'U1');
  put(newest, 'tada', 'U1');
  put(oldest, 'thumbsup', 'U1');
  put(oldest, '+1', 'U9');
  await platform.start(inbox, definitions);
  await looked();
  expect(seen()).toEqual([
    [newest.message, '🔖', ['T1/U1', 'T1/U9']],
    [oldest.message, '👍', ['T1/U1', 'T1/U9']],
  ]);
});

it('29: a reader of another workspace is known by their own in a shared channel', async () => {
  const { slack, platform, inbox, refs, put, seen, looked } = await away();
  await platform.stop();
  slack.addTeam('T2', { installed: false });
  slack.addUser('U2', 'T2');
  slack.world.channels.get('C1')!.teams.add('T2');
  put(refs[0]!, 'bookmark', 'U1', 'U2');
  await platform.start(inbox, definitions);
  await looked();
  expect(seen()).toEqual([[refs[0]!.message, '🔖', ['T1/U1', 'T2/U2']]]);
});

it('29: nobody’s bookmark is taken away for a message that can’t be read', async () => {
  const { slack, platform, inbox, refs } = await away();
  await platform.stop();
  slack.world.messages.splice(
    slack.world.messages.findIndex(({ ts }) => ts === refs[0]!.message),
    1,
  );
  slack.fail('reactions.get', { kind: 'error', error: 'internal_error' });
  inbox.recentMessages = refs.toReversed();
  await platform.start(inbox, definitions);
  const asked = () => slack.api.calls.filter(({ method }) => method === 'reactions.get');
  while (asked().length < 2) await pause(2);
  await platform.stop();
  expect(inbox.reconciled).toEqual([]);
});

it('29: a wait that Slack asks for is kept, and the rest is looked at after it', async () => {
  const { slack, platform, inbox, refs, looked, put, seen } = await away();
  await platform.stop();
  put(refs[1]!, 'bookmark', 'U1');
  slack.fail('reactions.get', { kind: 'rate-limit', retryAfter: 1 });
  inbox.recentMessages = refs.toReversed();
  const began = performance.now();
  await platform.start(inbox, definitions);
  await looked();
  expect(performance.now() - began).toBeGreaterThan(1000);
  expect(seen()).toEqual([[refs[1]!.message, '🔖', ['T1/U1']]]);
});

it('29: it looks again when Slack could not reach it for long, and not after a refresh', async () => {
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const { slack, inbox, refs, put, looked, seen } = await away({ settings: { clock } });
  slack.socket.disconnect('refresh_requested');
  while (slack.socket.connections > 0) await pause(1);
  while (slack.socket.connections === 0) await pause(1);
  await pause(50);
  expect(inbox.reconciled).toEqual([]);
  await slack.down();
  slack.socket.drop();
  await pause(50);
  ahead = 120_000;
  put(refs[0]!, 'bookmark', 'U1');
  await slack.up();
  await looked();
  expect(seen()).toEqual([[refs[0]!.message, '🔖', ['T1/U1']]]);
});

it('29: however often it could not come back, it looks once, for all that time', async () => {
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const { slack, inbox, looked } = await away({ settings: { clock } });
  let looks = 0;
  inbox.recent = () => Promise.resolve((looks += 1) > 0 ? inbox.recentMessages : []);
  // Connections are promised that nobody takes, so that each attempt ends as a lost one does.
  slack.socket.refuse(3);
  slack.socket.drop();
  while (slack.socket.refused < 2) await pause(5);
  ahead = 120_000;
  await looked();
  await pause(50);
  expect(slack.socket.refused).toBe(3);
  expect(looks).toBe(1);
  expect(inbox.reconciled).toHaveLength(6);
});

it('29: a reaction made while the old ones are read is not taken away', async () => {
  const scene = await openSlack({ settings: { lookMs: 1, retryMs: 10 } });
  const core = await openCore();
  closing.push(
    () => core.store.destroy(),
    scene.close,
    () => scene.platform.stop(),
  );
  scene.slack.addTeam('T2', { installed: false });
  for (const [user, team] of [
    ['U2', 'T2'],
    ['U3', 'T1'],
  ] as const)
    scene.slack.addUser(user, team);
  scene.slack.addChannel('C3', 'T1', { sharedWith: ['T2'] });
  await scene.platform.start(core.inbox, definitions);
  const shared = { ...place, channel: 'C3' };
  const ref = await scene.platform.post(shared, lineMessage('a paper'), { key: 'a' });
  await core.bookmarks.remember(ref, ['2608.00001']);
  await scene.platform.stop();
  const at = { channel: 'C3', ts: ref.message };
  scene.slack.world.messages.at(-1)!.reactions.set('bookmark', new Set(['U2']));
  // What stands on the message was read by then, and U3 is no stranger to the bot.
  scene.slack.fail('conversations.info', { kind: 'delay', ms: 400 });
  await scene.platform.start(core.inbox, definitions);
  const asked = () => scene.slack.api.calls.map(({ method }) => method);
  while (!asked().includes('conversations.info')) await pause(2);
  await scene.slack.readers.react('U3', at, 'bookmark');
  const saved = async (user: string, tenant: string) =>
    (await core.bookmarks.list({ platform: 'slack', tenant, user })).length;
  while ((await saved('U2', 'T2')) === 0) await pause(5);
  await pause(50);
  expect(await saved('U3', 'T1')).toBe(1);
});

it('29: it stops at once while Slack leaves a look unanswered', async () => {
  const { slack, platform, inbox } = await away();
  await platform.stop();
  slack.fail('reactions.get', { kind: 'hang' });
  await platform.start(inbox, definitions);
  while (!slack.api.calls.some(({ method }) => method === 'reactions.get')) await pause(2);
  const began = performance.now();
  await platform.stop();
  expect(performance.now() - began).toBeLessThan(1000);
});

it('29: it stops while it is looking', async () => {
  const { platform, inbox } = await away({ settings: { lookMs: 60_000 } });
  await platform.stop();
  await platform.start(inbox, definitions);
  const began = performance.now();
  await platform.stop();
  expect(performance.now() - began).toBeLessThan(1000);
});
