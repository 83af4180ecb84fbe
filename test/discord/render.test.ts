import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitions } from '../../src/core/commands/index.ts';
import { searchMessage } from '../../src/core/commands/topic.ts';
import { paragraph, type Message } from '../../src/core/message.ts';
import { isWithinLimits } from '../../src/discord/body.ts';
import { toCommands } from '../../src/discord/commands.ts';
import { escapeLine, escapeMarkdown, unescapeLine, visible } from '../../src/discord/markdown.ts';
import { render, renderForm } from '../../src/discord/render.ts';
import { digestMessage, fullCard, hostileTitles, paperMessage } from '../fixtures/messages.ts';
import { digestPages, helpMessage, ranked } from '../fixtures/digests.ts';
import { readMarkdown } from './markdown-reader.ts';
import { wordsOf } from './screen.ts';

const home = { tenant: 'a server', name: 'a message' };

function bodies(message: Message) {
  return render(message, home).map(({ body }) => body);
}

const found = {
  hits: ranked.map(({ paper }, index) => ({
    paper,
    from: index === 0 ? ['archive', 'Hugging Face'] : ['arXiv'],
    ...(index === 0 && { why: 'matches “agents”', postedOn: '2026-08-21' }),
  })),
  notes: ['arXiv did not answer in time.'],
  tried: { places: ['archive'], ways: [] },
};

function digest(...wish: Parameters<typeof digestPages>) {
  return digestPages(...wish).flatMap(({ message }) => bodies(message));
}

describe('Discord gets', () => {
  it.each([
    ['digest-thread', () => digest('thread')],
    ['digest-channel', () => digest('channel')],
    ['digest-compact', () => digest('compact')],
    ['empty-day', () => digest('thread', [])],
    ['every-block', () => bodies(digestMessage)],
    ['search', () => bodies(searchMessage('agents -robot', found, '2026-08-01'))],
    [
      'error',
      () =>
        bodies({
          summary: 'Not possible',
          blocks: [paragraph('There is no “tpoic” command. Did you mean topic?')],
        }),
    ],
    ['help', async () => bodies(await helpMessage())],
    ['commands', () => toCommands(definitions)],
    ['hostile', () => Object.values(hostileTitles).flatMap((each) => bodies(paperMessage(each)))],
  ])('%s as the golden file has it', async (name, make) => {
    const json = `${JSON.stringify(await make(), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(`../golden/discord-${name}.json`);
  });
});

/** Letters, marks that act, and what begins lines, thickly mixed. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', '*', '_', '~', '|', '>', '#', '-', '[', ']', '(', ')', '<', '&', '@'),
      fc.constantFrom(
        ':',
        '`',
        '!',
        '.',
        '1. ',
        '- ',
        '# ',
        '> ',
        '-# ',
        '\n',
        ' ',
        'a',
        'https://x',
      ),
      fc.constantFrom(
        '@everyone',
        '<@1>',
        '<#2>',
        '<:a:3>',
        ':smile:',
        '[a](https://b)',
        '**',
        '||',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('Discord shows', () => {
  it('any text letter for letter', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(readMarkdown(escapeMarkdown(text))).toBe(visible(text));
        const line = visible(text.replace(/\s+/g, ' ').trim());
        if (!line.includes('\n')) expect(unescapeLine(escapeLine(text))).toBe(line);
      }),
      { numRuns: 2_000 },
    );
  });

  it('any title letter for letter, in a card and in a list', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const title = visible(text).replace(/\s+/g, ' ').trim();
        fc.pre(title !== '');
        const [card] = bodies(paperMessage(text));
        expect(wordsOf({ content: '', components: card!.components as never })).toContain(title);
        const items = [[{ text, href: fullCard.href }], [{ text: 'next' }]];
        const [list] = bodies({
          summary: 'a list',
          blocks: [{ type: 'list', ordered: true, items }],
        });
        expect(wordsOf({ content: '', components: list!.components as never })).toContain(title);
      }),
      { numRuns: 500 },
    );
  });

  it('an address that is none of http(s) as text alone', () => {
    for (const href of ['javascript:alert(1)', 'https://user:pass@x.example', 'discord://-/x']) {
      const [body] = bodies({ summary: '', blocks: [paragraph({ text: 'here', href })] });
      expect(JSON.stringify(body)).not.toContain('](');
    }
  });
});

describe('A page', () => {
  const blocks = fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant('paper' as const),
        paper: fc.record({
          ...Object.fromEntries(
            Object.entries(fullCard).map(([key, value]) => [key, fc.constant(value)]),
          ),
          title: fc.string({ maxLength: 3_000 }),
          summary: fc.string({ maxLength: 6_000 }),
        }) as unknown as fc.Arbitrary<typeof fullCard>,
      }),
      fc.record({
        type: fc.constant('text' as const),
        spans: fc.array(fc.record({ text: fc.string({ maxLength: 6_000 }) }), { maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant('list' as const),
        ordered: fc.boolean(),
        items: fc.array(
          fc.array(fc.record({ text: fc.string({ maxLength: 2_000 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
          { minLength: 1, maxLength: 12 },
        ),
      }),
      fc.record({
        type: fc.constant('actions' as const),
        buttons: fc.array(
          fc.record({
            label: fc.string({ minLength: 1, maxLength: 120 }),
            command: fc.constant('topic'),
            args: fc.record({ query: fc.string({ maxLength: 300 }) }),
          }),
          { minLength: 1, maxLength: 9 },
        ),
      }),
    ),
    { maxLength: 30 },
  );

  it('never passes Discord’s limits, whatever the message', () => {
    fc.assert(
      fc.property(blocks, (some) => {
        for (const { components } of bodies({ summary: 'x', blocks: some })) {
          expect(isWithinLimits(components)).toBe(true);
          const ids = [...JSON.stringify(components).matchAll(/"custom_id":"((?:\\.|[^"\\])*)"/g)];
          expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
          for (const [, id] of ids)
            expect((JSON.parse(`"${id!}"`) as string).length).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('carries a form within Discord’s limits', () => {
    const field = {
      kind: 'text' as const,
      name: 'at',
      label: 'x'.repeat(99),
      value: '',
      hint: 'y'.repeat(200),
      required: true,
    };
    expect(
      renderForm({ title: 'A form', command: 'subscribe', submit: 'Go', fields: [field] }),
    ).toEqual({
      title: 'A form',
      custom_id: expect.stringMatching(/^.{1,100}$/) as string,
      components: [
        {
          type: 18,
          label: expect.stringMatching(/^x{40,44}…$/) as string,
          component: expect.objectContaining({
            type: 4,
            custom_id: 'at',
            required: true,
          }) as object,
        },
      ],
    });
  });
});
