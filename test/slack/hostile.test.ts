import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/core/message.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { objectOf, objectsOf } from '../fakes/slack-server/json.ts';
import { readMessage, type Screen } from '../fakes/slack-server/screen.ts';
import { definitions, hostileTitles, oddTitles, paperMessage } from '../fixtures/messages.ts';
import { openSlack } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const URL_OF_PAPER = 'https://arxiv.org/abs/2405.10001';
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const scene = await openSlack();
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  return { ...scene, inbox };
}

type Show = (scene: Awaited<ReturnType<typeof start>>, message: Message) => Promise<Screen[]>;

/** The ways to Slack beside a digest. */
const WAYS: Readonly<Record<string, Show>> = {
  'a card at a pasted link': async ({ slack, inbox, settled }, message) => {
    inbox.cards = [{ url: URL_OF_PAPER, message }];
    const { ts } = await slack.readers.say('U1', 'C1', `Look: ${URL_OF_PAPER}`);
    await settled();
    const { unfurls = {} } = slack.world.messages.find((each) => each.ts === ts) ?? {};
    return Object.values(unfurls).map((card) =>
      readMessage('', objectsOf(objectOf(card)['blocks'])),
    );
  },
  'App Home': async ({ slack, inbox, does }, { blocks }) => {
    inbox.page = { blocks, state: {} };
    await does(slack.readers.openHome('U1'));
    return [slack.view('U1', 'home')].filter((view) => view !== undefined);
  },
  'an answer to one person': async ({ slack, inbox, does }, message) => {
    inbox.reply = { private: true, message };
    await does(slack.readers.type('U1', 'C1', 'today'));
    return [...slack.ephemerals('U1')];
  },
  'an answer in a direct message': async ({ slack, inbox, does }, message) => {
    slack.addChannel('C9', 'T1', { withBot: false });
    inbox.command = async () => {
      await slack.clock.advance(31 * 60_000);
      return { private: true, message };
    };
    await does(slack.readers.type('U1', 'C9', 'today'));
    const im = [...slack.world.channels.values()].find(({ isIm }) => isIm);
    return [...slack.messages(im?.id ?? '')];
  },
  'words alone': async ({ slack, platform }, message) => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await platform.post(place, message, { key: 'a' });
    expect(slack.messages('C1')[0]?.message.blocks).toEqual([]);
    return [...slack.messages('C1')];
  },
};

describe.each(Object.entries(WAYS))('44: On Slack, %s', (_, show) => {
  it.each(Object.entries({ ...hostileTitles, ...oddTitles }))(
    'with %s pings nobody, and leads only where papers are',
    async (_, hostile) => {
      const scene = await start();
      const message = { ...paperMessage(hostile), summary: hostile };
      const seen = await show(scene, message);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.flatMap(({ pings }) => pings)).toEqual([]);
      const hosts = seen.flatMap(({ links }) => links).map((link) => new URL(link).host);
      expect(hosts.filter((host) => !HOSTS.has(host))).toEqual([]);
      expect(seen.map(({ text }) => text).join('')).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
    },
  );
});

const HOSTS = new Set(['arxiv.org', 'huggingface.co', 'github.com']);
