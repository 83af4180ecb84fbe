import { LAYOUTS } from '../../src/core/commands/command.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraph, type Message } from '../../src/core/message.ts';
import { toPayloads } from '../../src/slack/payloads.ts';
import { readAction } from '../../src/slack/presses.ts';
import { renderMessage, renderPages, renderWords } from '../../src/slack/render.ts';
import { checkMessage } from '../fakes/slack-server/block-limits.ts';
import { objectsOf } from '../fakes/slack-server/json.ts';
import { digestPages, helpMessage } from '../fixtures/digests.ts';
import { readMessage } from '../fakes/slack-server/screen.ts';
import {
  digestMessage,
  fullCard,
  hostileTitles,
  paperMessage,
  papersMessage,
} from '../fixtures/messages.ts';

function digest(...wish: Parameters<typeof digestPages>): object[] {
  return toPayloads(digestPages(...wish));
}

const shownOf = (message: Message) => renderPages(message).map(({ shown }) => shown);

/** Throws what Slack would answer, and reads the rest as its clients do. */
function screenOf({ text, blocks }: { text: string; blocks?: readonly object[] }) {
  checkMessage(text, blocks);
  return readMessage(text, objectsOf(blocks));
}

describe('Slack gets', () => {
  it.each([
    ['digest-thread', () => digest('thread')],
    ['digest-channel', () => digest('channel')],
    ['digest-compact', () => digest('compact')],
    ['empty-day', () => digest('thread', [])],
    ['every-block', () => shownOf(digestMessage)],
    ['help', async () => shownOf(await helpMessage())],
    ['hostile', () => Object.values(hostileTitles).flatMap((t) => shownOf(paperMessage(t)))],
  ])('%s as its golden file says', async (name, bodies) => {
    const json = `${JSON.stringify(await bodies(), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(`../golden/slack-${name}.json`);
  });

  it.each(LAYOUTS)('a digest in the %s layout within every limit', (layout) => {
    for (const body of digest(layout)) screenOf(body as { text: string; blocks: object[] });
  });
});

describe('A message for Slack', () => {
  it('shows any title letter for letter, pings nobody, and links only where we say', () => {
    const hrefs = [fullCard.href, ...fullCard.links.map(({ href }) => href)].sort();
    const titles = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(titles, (title) => {
        const [shown] = shownOf(paperMessage(title));
        const { text, pings, links } = screenOf(shown!);
        expect(text).toContain(
          title.replace(/(?!\n)\p{Cc}|\p{Bidi_Control}|[\u200B\u2060\uFEFF]|\p{Cs}/gu, ''),
        );
        expect(pings).toEqual([]);
        expect([...links].sort()).toEqual(hrefs);
      }),
    );
  });

  it('pings nobody with its notification', () => {
    const summary = Object.values(hostileTitles).join(' ');
    const [shown] = shownOf({ summary, blocks: [paragraph('x')] });
    const { pings, links, notification } = screenOf(shown!);
    expect({ pings, links }).toEqual({ pings: [], links: [] });
    expect(notification).toBe(summary);
  });

  it('fits on each of its pages, whatever its length, and loses nothing', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lengths, (sizes) => {
        const titles = sizes.map((size, index) => `Paper ${index}: ${'word '.repeat(size / 5)}end`);
        const texts = titles.map((title) => paragraph(title));
        const { blocks } = papersMessage(titles.map((title) => title.slice(0, 400)));
        const pages = shownOf({ summary: 'Long', blocks: [...blocks, ...texts] });
        const seen = pages.map((page) => screenOf(page).text).join('\n');
        expect(titles.filter((title) => !seen.includes(title))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('still says everything as words alone, for when Slack refuses its blocks', () => {
    const words = renderWords(renderMessage(digestMessage));
    const { text, pings } = screenOf({ text: words.text });
    expect(pings).toEqual([]);
    expect(text).toContain(fullCard.title);
    expect(text).toContain(`${fullCard.links[1]?.label ?? ''} (${fullCard.links[1]?.href ?? ''})`);
  });
});

describe('A control’s value', () => {
  it.each(['', 'null', '{', '[]', '{"command":1}', '{"command":"a","args":{"x":{}}}'])(
    'that is not ours is no call: %s',
    (value) => {
      expect(readAction({ type: 'button', action_id: 'paperboy:0', value })).toBeUndefined();
      const picked = { selected_option: { value: 'x' } };
      const id = `paperboy:${value}`;
      expect(readAction({ type: 'static_select', action_id: id, ...picked })).toBeUndefined();
    },
  );
});
