import { afterEach, describe, expect, it } from 'vitest';
import { createDispatch, definitions } from '../../src/core/commands/index.ts';
import { silentLog } from '../../src/core/log.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { createServices, createSubscription, NOW } from '../core/commands/services.ts';
import { openSlack, type SetUpOptions } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Slack before the real commands, in a channel that U1 made and in the direct messages of UOTHER. */
async function start(options: SetUpOptions = {}) {
  const { slack, platform, does, close } = await openSlack(options);
  slack.addUser('UADMIN', 'T1', { isAdmin: true });
  slack.addUser('UOTHER', 'T1');
  slack.addChannel('D1', 'T1');
  const services = createServices({ subscription: () => Promise.resolve(createSubscription()) });
  const inbox = createRecordingInbox();
  inbox.command = createDispatch({ services, clock: () => NOW, log: silentLog });
  closing.push(close, () => platform.stop());
  await platform.start(inbox, definitions);
  return {
    type: (user: string, line: string, channel = 'C1') =>
      does(slack.readers.type(user, channel, line)),
    changed: () => services.asked.topics.map(({ field, topics }) => [field, ...topics]),
    refusals: (user: string) => slack.ephemerals(user).map(({ text }) => text),
  };
}

describe('What a channel prefers and mutes, on Slack', () => {
  it.each(['U1', 'UADMIN'])('is changed by %s, who may manage it', async (user) => {
    const { type, changed } = await start();
    for (const line of ['topics add robots', 'Topics remove agents', 'mute add cats']) {
      await type(user, line);
    }
    expect(changed()).toEqual([['topics', 'agents', 'robots'], ['topics'], ['muted', 'cats']]);
  });

  it('is not changed by others, who may see it all the same', async () => {
    const { type, changed, refusals } = await start();
    for (const line of ['topics add robots', 'mute add cats', 'topics list']) {
      await type('UOTHER', line);
    }
    expect(changed()).toEqual([]);
    expect(refusals('UOTHER')).toEqual([
      expect.stringContaining('can use topics'),
      expect.stringContaining('can use mute'),
      expect.stringContaining('agents'),
    ]);
  });

  it('is changed by anyone where the configuration says so', async () => {
    const { type, changed } = await start({ settings: { managers: 'everyone' } });
    await type('UOTHER', 'topics add robots');
    expect(changed()).toEqual([['topics', 'agents', 'robots']]);
  });

  it('is one’s own in a direct message', async () => {
    const { type, changed } = await start();
    await type('UOTHER', 'mute add cats', 'D1');
    expect(changed()).toEqual([['muted', 'cats']]);
  });
});
