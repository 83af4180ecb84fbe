import { afterEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { createLinked } from '../../src/core/links/index.ts';
import type { ChannelRef } from '../../src/core/platform.ts';
import { definitions } from '../../src/core/commands/index.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { createLog, createPaper } from '../core/commands/services.ts';
import type { SlackFault } from '../fakes/slack-server/index.ts';
import { readMessage } from '../fakes/slack-server/screen.ts';
import { objectOf, objectsOf } from '../fakes/slack-server/json.ts';
import { lineMessage } from '../fixtures/messages.ts';
import { openSlack } from './open-slack.ts';

const THUMBNAIL = 'https://cdn-thumbnails.huggingface.co/a.png';
const URL = 'https://arxiv.org/abs/2608.01234v2';
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const scene = await openSlack();
  const inbox = createRecordingInbox();
  const asked: string[] = [];
  closing.push(scene.close, () => scene.platform.stop());
  const linked = createLinked({
    shows: ({ channel }: ChannelRef) => Promise.resolve(channel !== 'C2'),
    find: (id) => {
      asked.push(id);
      if (id === '2608.00500') return Promise.reject(new SourceError('unreachable', 'down'));
      const isKnown = id !== '2608.00404';
      return Promise.resolve(
        isKnown ? createPaper({ id, title: `Paper ${id}`, thumbnail: THUMBNAIL }) : undefined,
      );
    },
    log: createLog(),
  });
  await scene.platform.start({ ...inbox, linked }, definitions);
  const { slack, settled } = scene;
  const say = async (text: string, channel = 'C1') => {
    const { ts, receipt } = await slack.readers.say('U1', channel, text);
    await settled();
    const message = slack.world.messages.find((each) => each.ts === ts)!;
    const cards = Object.entries(message.unfurls).map(([url, card]) => ({
      url,
      text: readMessage('', objectsOf(objectOf(card)['blocks'])).text,
      json: JSON.stringify(card),
    }));
    return { ts, receipt, cards };
  };
  return { ...scene, inbox, asked, say };
}

describe('A link to a paper', () => {
  it.each([
    ['an abstract', 'https://arxiv.org/abs/2608.01234', '2608.01234'],
    ['a version', 'https://arxiv.org/abs/2608.01234v2', '2608.01234'],
    ['a PDF', 'https://arxiv.org/pdf/2608.01234v1.pdf', '2608.01234'],
    ['HTML', 'https://arxiv.org/html/2608.01234v1/', '2608.01234'],
    ['an old id', 'https://arxiv.org/abs/hep-th/9901001v3', 'hep-th/9901001'],
    ['Hugging Face', 'https://huggingface.co/papers/2608.01234', '2608.01234'],
    ['Hugging Face’s short name', 'https://hf.co/papers/2608.01234?ref=x', '2608.01234'],
  ])('as %s is shown as a card that can be saved', async (_, url, id) => {
    const { say, slack, does, inbox } = await start();
    const { ts, cards } = await say(`Look: ${url} !`);
    expect(cards).toMatchObject([{ url, text: expect.stringContaining(`Paper ${id}`) as string }]);
    inbox.reply = { private: true, message: lineMessage('Saved') };
    await does(slack.readers.pressOnCard('U1', { channel: 'C1', ts }, url, { label: 'Save' }));
    expect(inbox.calls).toMatchObject([{ name: 'save', input: { args: { paper: id } } }]);
    expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual(['Saved']);
  });

  it.each([
    'https://arxiv.org/list/cs.CL/new',
    'https://huggingface.co/models',
    'https://huggingface.co/papers',
    'https://arxiv.org/abs/not-a-paper',
  ])('is no link to anything else: %s', async (url) => {
    const { say, inbox, asked } = await start();
    const { receipt, cards } = await say(`See ${url}`);
    expect([receipt?.status, cards, asked, inbox.arrivals]).toEqual([200, [], [], []]);
  });

  it('is left alone where nobody knows the paper, or its source is down', async () => {
    const { say } = await start();
    const text = ['2608.00404', '2608.00500', '2608.00001'].map(
      (id) => `https://arxiv.org/abs/${id}`,
    );
    const { cards } = await say(text.join(' '));
    expect(cards.map(({ url }) => url)).toEqual(['https://arxiv.org/abs/2608.00001']);
  });

  it('is shown once a paper, and at most five in a message', async () => {
    const { say, asked } = await start();
    const ids = Array.from({ length: 7 }, (_, n) => `2608.0100${n}`);
    const urls = ids.map((id) => `https://arxiv.org/abs/${id}`);
    const again = `https://arxiv.org/pdf/${ids[0] ?? ''}`;
    const { cards } = await say([urls[0], again, ...urls.slice(1)].join(' '));
    expect(cards.map(({ url }) => url)).toEqual(urls.slice(0, 5));
    expect(asked).toHaveLength(5);
  });

  it('is left alone where the channel wants no cards', async () => {
    const { slack, say, asked } = await start();
    slack.addChannel('C2', 'T1');
    expect((await say(URL, 'C2')).cards).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is left alone where the bot is no member, and while a message is written', async () => {
    const { slack, say, inbox, does } = await start();
    slack.addChannel('C3', 'T1', { withBot: false });
    expect((await say(URL, 'C3')).cards).toEqual([]);
    const event = {
      type: 'link_shared',
      user: 'U1',
      channel: 'COMPOSER',
      message_ts: 'U1-909b5454',
      is_bot_user_member: true,
      source: 'composer',
      links: [{ domain: 'arxiv.org', url: URL }],
    };
    await does(slack.event('T1', event));
    expect(inbox.arrivals).toEqual([]);
  });

  it('loses its picture where Slack can’t fetch it, and nothing else', async () => {
    const { slack, say } = await start();
    slack.world.brokenImages.add(THUMBNAIL);
    const { cards } = await say(URL);
    expect(cards[0]?.json).not.toContain(THUMBNAIL);
    expect(cards[0]?.text).toMatch(/Paper 2608\.01234[^]*Save/);
  });

  it.each<[string, SlackFault, number, number]>([
    ['an admin’s wish', { kind: 'error', error: 'cannot_unfurl_url' }, 1, 0],
    ['a scope that is missing', { kind: 'error', error: 'missing_scope' }, 1, 0],
    ['a message that is gone', { kind: 'error', error: 'cannot_find_message' }, 1, 0],
    ['a failure of Slack’s', { kind: 'error', error: 'internal_error' }, 2, 1],
  ])('meets %s, and is tried again only where that helps', async (_, fault, calls, shown) => {
    const { slack, say } = await start();
    slack.fail('chat.unfurl', fault);
    const { cards } = await say(URL);
    expect(cards).toHaveLength(shown);
    expect(slack.api.calls.filter(({ method }) => method === 'chat.unfurl')).toHaveLength(calls);
  });
});
