import { afterEach, describe, expect, it } from 'vitest';
import { composeDigest } from '../../src/core/digest/index.ts';
import { LAYOUTS } from '../../src/core/commands/command.ts';
import { paragraph, type Message } from '../../src/core/message.ts';
import type { Paper } from '../../src/core/paper.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, hostileTitles, oddTitles, papersMessage } from '../fixtures/messages.ts';
import { openSlack } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const scene = await openSlack();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(createRecordingInbox(), definitions);
  return scene;
}

/** What stands in the channel; Slack must have refused nothing on the way. */
async function post(messages: readonly Message[]) {
  const { slack, platform } = await start();
  for (const [index, message] of messages.entries()) {
    await platform.post(place, message, { key: String(index) });
  }
  const seen = slack.messages('C1');
  expect(slack.api.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(
    seen.length,
  );
  return seen;
}

const numbers = Array.from({ length: 28 }, (_, index) => String(index + 10));
const lines = numbers.map((number) => `${number} `.repeat(167).trim());
const titles = numbers.map((number) => `${number} ${'title '.repeat(80)}`.trim());

describe('Slack’s faults in what is posted', () => {
  it.each<[string, Message, readonly string[]]>([
    ['paragraphs', { summary: 'Long', blocks: lines.map((line) => paragraph(line)) }, lines],
    ['one paragraph', { summary: 'Long', blocks: [paragraph(lines.join(' '))] }, lines],
    ['papers', papersMessage(titles), titles],
  ])('23: %s of 14,000 characters are split, none refused or lost', async (_, message, all) => {
    expect(all.join('').length).toBeGreaterThan(13_200);
    const seen = await post([message]);
    expect(seen.length).toBeGreaterThan(1);
    const bare = (text: string) => text.replace(/\s/g, '');
    const shown = bare(seen.map(({ text }) => text).join(''));
    expect(all.filter((each) => !shown.includes(bare(each)))).toEqual([]);
  });

  it.each(Object.entries({ ...hostileTitles, ...oddTitles }))(
    '44: a paper with %s in every text pings nobody, and leads only where papers are',
    async (_, hostile) => {
      const paper: Paper = {
        id: '2608.00001',
        title: hostile,
        abstract: `${hostile} ${hostile}`,
        summary: hostile,
        organization: hostile,
        authors: [hostile, 'Ada Lampwick'],
        categories: ['cs.CL'],
        keywords: [hostile],
        upvotes: 3,
        source: 'hugging-face',
      };
      const content = {
        dates: ['2026-08-20'],
        ranked: [{ paper, score: 1, why: `matches ${hostile.slice(0, 60)}` }],
        dropped: [],
        total: 1,
        sample: false,
      };
      const pages = LAYOUTS.flatMap((layout) => composeDigest(content, layout));
      const seen = await post(pages.map(({ message }) => message));
      expect(seen.flatMap(({ pings }) => pings)).toEqual([]);
      const hosts = new Set(seen.flatMap(({ links }) => links).map((link) => new URL(link).host));
      expect([...hosts].sort()).toEqual(['arxiv.org', 'huggingface.co']);
      expect(seen.map(({ text }) => text).join('')).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
    },
  );
});
