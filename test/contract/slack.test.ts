import { afterAll, expect } from 'vitest';
import type { Block } from '../../src/core/message.ts';
import type { MessageRef } from '../../src/core/platform.ts';
import type { SlackFault } from '../fakes/slack-server/index.ts';
import { openSlack, pause, type SlackMode } from '../slack/open-slack.ts';
import { platformContract, type PlatformRig, type ServiceFailure } from './platform-contract.ts';

platformContract('Slack by Socket Mode', () => openRig('socket'));
platformContract('Slack by HTTP', () => openRig('http'));

const NAMES: Readonly<Record<string, string>> = {
  '🔖': 'bookmark',
  '👍🏽': '+1::skin-tone-4',
  '❤️': 'heart',
};

const FAULTS: Partial<Record<ServiceFailure, SlackFault>> = {
  'asks to wait 2 s': { kind: 'rate-limit', retryAfter: 2 },
  'forbids the bot to post': { kind: 'error', error: 'restricted_action' },
  'has lost the channel': { kind: 'error', error: 'channel_not_found' },
  'refuses the content': { kind: 'error', error: 'invalid_blocks' },
  'breaks the connection after it posted': { kind: 'reset', posted: true },
};

const limited: string[] = [];

afterAll(() => {
  expect(limited).toEqual([]);
});

async function openRig(mode: SlackMode): Promise<PlatformRig> {
  const { slack, platform, does, close } = await openSlack({ mode });
  const { readers } = slack;
  const channel = { platform: 'slack', tenant: 'T1', channel: 'C1' };
  const at = ({ message }: MessageRef) => ({ channel: 'C1', ts: message });
  let isDown = false;

  /** A message with this control, which stands until the reader has used it. */
  async function under(block: Block, use: (ts: string) => Promise<unknown>): Promise<void> {
    const message = { summary: 'A control', blocks: [block] };
    const { message: ts } = await platform.post(channel, message, { key: 'control' });
    await use(ts);
  }

  return {
    platform: {
      ...platform,
      post: async (place, message, options) => {
        try {
          return await platform.post(place, message, options);
        } finally {
          if (isDown) await slack.up();
          isDown = false;
        }
      },
    },
    channel,
    reader: { platform: 'slack', tenant: 'T1', user: 'U1' },
    directMessages: () => {
      const direct = [...slack.world.channels.values()].find(({ isIm }) => isIm);
      return Promise.resolve(slack.messages(direct?.id ?? '').map(({ text }) => text));
    },
    shown: () =>
      Promise.resolve(
        slack.messages('C1').map(({ ts, text, thread }) => ({
          id: ts,
          text,
          ...(thread !== undefined && { thread }),
        })),
      ),
    shownPrivately: () => Promise.resolve(slack.ephemerals('U1').map(({ text }) => text)),
    pings: () => Promise.resolve(slack.messages('C1').flatMap(({ pings }) => pings)),
    type: async (text) => {
      await does(readers.type('U1', 'C1', text));
    },
    press: (button) =>
      under({ type: 'actions', buttons: [button] }, (ts) =>
        does(readers.press('U1', { channel: 'C1', ts }, { label: button.label })),
      ),
    pick: (menu, value) =>
      under({ type: 'menu', menu }, (ts) =>
        does(readers.choose('U1', { channel: 'C1', ts }, value)),
      ),
    useMenu: async (_entry, ref) => {
      await does(readers.shortcut('U1', at(ref), 'paperboy:save'));
    },
    sendForm: async (values) => {
      const view = slack.view('U1', 'modal');
      if (view === undefined) throw new Error('No form stands before the reader');
      await does(readers.submit('U1', view.id, values));
    },
    failNext: async (failure) => {
      const fault = FAULTS[failure];
      isDown = fault === undefined;
      if (fault === undefined) {
        await slack.down();
        // The client needs a moment to see that its open connections are closed.
        await pause(20);
        return;
      }
      // Blocks that Slack refuses are followed by the words alone.
      slack.fail('chat.postMessage', fault, failure === 'refuses the content' ? 2 : 1);
    },
    react: async (ref, emoji, added) => {
      await does(readers.react('U1', at(ref), NAMES[emoji] ?? emoji, added));
    },
    reactAsBot: async (ref, emoji) => {
      const bot = slack.world.installs.get('T1')?.botUser ?? '';
      await does(readers.react(bot, at(ref), NAMES[emoji] ?? emoji, true));
    },
    close: async () => {
      limited.push(...slack.api.limited.map(({ method }) => method));
      expect(slack.hidden()).toEqual([]);
      await close();
    },
  };
}
