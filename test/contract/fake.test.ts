import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import type { Message } from '../../src/core/message.ts';
import { createFakePlatform } from '../fakes/fake-platform.ts';
import type { FakePlatform } from '../fakes/fake-platform.ts';
import { lineMessage } from '../fixtures/messages.ts';
import { platformContract } from './platform-contract.ts';
import type { PlatformRig } from './platform-contract.ts';
import { createRecordingInbox } from './recording-inbox.ts';

/** The fake renders nothing: its screen is the words of the blocks. */
function wordsOf(message: Message): string {
  const words = message.blocks.map((block) => {
    if (block.type === 'text') return block.spans.map(({ text }) => text).join('');
    return block.type === 'paper' ? block.paper.title : '';
  });
  return words.join('\n').replace(/(?!\n)\p{Cc}/gu, '');
}

function openRig(): Promise<PlatformRig> {
  const platform = createFakePlatform();
  return Promise.resolve({
    platform,
    channel: platform.channel,
    reader: platform.reader,
    directMessages: () => Promise.resolve(platform.told.map(({ message }) => wordsOf(message))),
    shown: () =>
      Promise.resolve(
        platform.messages.map(({ ref, message, thread }) => ({
          id: ref.message,
          text: wordsOf(message),
          ...(thread === undefined ? {} : { thread: thread.message }),
        })),
      ),
    shownPrivately: () =>
      Promise.resolve(platform.privateReplies.map(({ message }) => wordsOf(message))),
    type: async (text) => {
      await platform.type(text);
    },
    pings: () => Promise.resolve([]),
    press: async ({ command, args }) => {
      await platform.call(command, args);
    },
    pick: async ({ command, arg }, value) => {
      await platform.call(command, { [arg]: value });
    },
    react: (ref, emoji, added) => platform.react(ref, emoji, added),
    reactAsBot: (ref, emoji) => platform.reactAsBot(ref, emoji),
    close: () => Promise.resolve(),
  });
}

platformContract('The fake platform', openRig);

describe('The fake platform fails on demand', () => {
  const started = async (): Promise<FakePlatform> => {
    const platform = createFakePlatform();
    await platform.start(createRecordingInbox(), []);
    return platform;
  };
  const post = (platform: FakePlatform) =>
    platform.post(platform.channel, lineMessage('hello'), { key: 'a' });

  it('once, with the wanted error and no message', async () => {
    const platform = await started();
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await expect(post(platform)).rejects.toThrow('down');
    expect(platform.messages).toEqual([]);
    await post(platform);
    expect(platform.messages).toHaveLength(1);
  });

  it('with a message that stands all the same, as after a lost answer', async () => {
    const platform = await started();
    platform.failNext(new DeliveryError('unknown-outcome', 'lost'), { posted: true });
    await expect(post(platform)).rejects.toThrow('lost');
    const [standing] = platform.messages;
    expect(await post(platform)).toEqual(standing?.ref);
  });
});
