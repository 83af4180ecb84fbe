import { expect } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { createPreview, previewChannel } from '../../src/preview/index.ts';
import { messagesOf, send, textOf } from '../preview/page.ts';
import { platformContract } from './platform-contract.ts';
import type { PlatformRig } from './platform-contract.ts';

platformContract('The preview', openRig);

function openRig(): Promise<PlatformRig> {
  const preview = createPreview({ port: 0, log: silentLog, clock: () => new Date(0) });
  const answers: string[] = [];

  async function ask(path: string, body: unknown): Promise<void> {
    const response = await send(preview, path, body);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { private: boolean; html: string };
    if (answer.private) answers.push(textOf(answer.html));
  }

  return Promise.resolve({
    platform: preview,
    channel: previewChannel,
    reader: { platform: 'preview', tenant: 'local', user: 'you' },
    directMessages: async () =>
      (await messagesOf(preview)).map(({ html }) => textOf(html)).reverse(),
    shown: async () => {
      const threads = await messagesOf(preview);
      return [...threads].reverse().flatMap(({ replies, ...root }) =>
        [root, ...replies].map(({ id, html, thread }) => ({
          id,
          text: textOf(html),
          ...(thread === undefined ? {} : { thread }),
        })),
      );
    },
    shownPrivately: () => Promise.resolve(answers),
    type: (text) => ask('/api/command', { text: `/papers ${text}` }),
    pings: () => Promise.resolve([]),
    press: ({ command, args }) => ask('/api/press', { command, args }),
    pick: ({ command, arg }, value) => ask('/api/press', { command, args: { [arg]: value } }),
    react: async ({ message }, emoji, added) => {
      const response = await send(preview, '/api/react', { message, emoji, added });
      expect(response.status).toBe(200);
    },
    close: () => Promise.resolve(),
  });
}
