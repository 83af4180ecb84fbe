import { afterEach, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, papersMessage } from '../fixtures/messages.ts';
import { openSlack } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const scene = await openSlack();
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  const { slack } = scene;
  slack.addChannel('C9', 'T1', { withBot: false });
  const type = (channel: string) => scene.does(slack.readers.type('U1', channel, 'today'));
  return { ...scene, inbox, type };
}

type Scene = Awaited<ReturnType<typeof start>>;

/** More pages than Slack's address for answers takes, so that the last come another way. */
const long = papersMessage(Array.from({ length: 90 }, (_, n) => `Paper ${n} `.repeat(40)));

const WAYS: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'a post': ({ platform }) => platform.post(place, lineMessage('post'), { key: 'a' }),
  'a changed message': async ({ platform }) => {
    const ref = await platform.post(place, lineMessage('before'), { key: 'a' });
    await platform.update(ref, lineMessage('after'));
  },
  'an answer to one person': async ({ inbox, type }) => {
    inbox.reply = { private: true, message: long };
    await type('C1');
  },
  'an answer in a direct message': async ({ inbox, type }) => {
    inbox.reply = { private: true, message: long };
    await type('C9');
  },
  'an answer to everyone where the bot is no member': async ({ inbox, type }) => {
    inbox.reply = { private: false, message: lineMessage('answer') };
    await type('C9');
  },
};

it.each(Object.entries(WAYS))(
  '44: %s is read as it stands, and no link in it as a preview',
  async (_, show) => {
    const scene = await start();
    await show(scene);
    const shown = scene.slack.world.messages.map(({ args }) => args);
    expect(shown.length).toBeGreaterThan(0);
    for (const { parse, mrkdwn, unfurl_links, unfurl_media } of shown) {
      const switches = [mrkdwn, unfurl_links, unfurl_media].map(String);
      expect([parse, ...switches]).toEqual(['none', 'false', 'false', 'false']);
    }
  },
);
