import { afterEach, describe, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { imOf } from '../fakes/slack-server/world.ts';
import { openSlack, pause } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const scene = await openSlack({ settings: { lookMs: 1 } });
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  const install = scene.slack.world.installs.get('T1')!;
  const channel = imOf(scene.slack.world, install, 'U1').id;
  const without = (scope: string) => {
    const others = install.scopes.split(',').filter((each) => each !== scope);
    Object.assign(install, { scopes: others.join(',') });
  };
  return { ...scene, inbox, without, place: { platform: 'slack', tenant: 'T1', channel } };
}

describe('A digest in direct messages', () => {
  it('has no problem with the scopes of the manifest', async () => {
    const { platform, place } = await start();
    expect(await platform.problems?.(place)).toEqual([]);
  });

  it('is told which scope is missing', async () => {
    const { platform, place, without } = await start();
    without('im:history');
    expect(await platform.problems?.(place)).toEqual([
      expect.stringContaining('The scope im:history is missing'),
    ]);
  });

  it('is told to go elsewhere where two people talk, and Paperboy is not one of them', async () => {
    const { slack, platform, place } = await start();
    slack.addChannel('D9', 'T1', { members: ['U1', 'U2'], withBot: false });
    expect(await platform.problems?.({ ...place, channel: 'D9' })).toEqual([
      expect.stringContaining('between people'),
    ]);
  });

  it('29: has its missed reactions made up for', async () => {
    const { slack, platform, place, inbox } = await start();
    const ref = await platform.post(place, lineMessage('my digest'), { key: 'a' });
    inbox.recentMessages = [ref];
    await platform.stop();
    slack.world.messages.at(-1)!.reactions.set('bookmark', new Set(['U1']));
    await platform.start(inbox, definitions);
    while (inbox.reconciled.length < 3) await pause(2);
    expect(inbox.reconciled).toContainEqual({
      message: ref,
      emoji: '🔖',
      readers: [{ platform: 'slack', tenant: 'T1', user: 'U1' }],
    });
  });
});

it('A private channel that can’t be looked at is told the scope of private channels', async () => {
  const { slack, platform, place, without } = await start();
  slack.addChannel('G1', 'T1', { isPrivate: true });
  without('groups:read');
  expect(await platform.problems?.({ ...place, channel: 'G1' })).toEqual([
    expect.stringContaining('The scope groups:read is missing'),
  ]);
});
