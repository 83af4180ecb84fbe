import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/cli/display-width.ts';
import { toTerminal } from '../../src/cli/terminal.ts';
import { link, paragraph } from '../../src/core/message.ts';
import type { Block } from '../../src/core/message.ts';
import {
  bareCard,
  digestMessage,
  fullCard,
  hostileTitles,
  lineMessage,
  oddTitles,
  paperMessage,
} from '../fixtures/messages.ts';

const plain = { color: false, width: 80 };
const show = (...blocks: Block[]) => toTerminal({ summary: '', blocks }, plain);

describe('A message in a terminal', () => {
  it('looks as it did for a digest with every kind of block', async () => {
    await expect(toTerminal(digestMessage, plain)).toMatchFileSnapshot('../golden/digest.txt');
  });

  it('has the same words in colour', () => {
    const colored = toTerminal(digestMessage, { ...plain, color: true });
    expect(colored).toContain('\u001B[1m');
    expect(stripVTControlCharacters(colored)).toBe(toTerminal(digestMessage, plain));
  });

  it('switches every colour off on the line where it was switched on', () => {
    const colored = toTerminal(digestMessage, { color: true, width: 30 });
    for (const line of colored.replaceAll('\u001B', 'ESC').split('\n')) {
      const on = line.match(/ESC\[(?:1|2|3|36)m/g) ?? [];
      const off = line.match(/ESC\[(?:22|23|39)m/g) ?? [];
      expect(on).toHaveLength(off.length);
    }
  });

  it('makes titles clickable only when asked to', () => {
    const message = paperMessage('A title');
    expect(toTerminal(message, { ...plain, color: true })).not.toContain('\u001B]8');
    const clickable = toTerminal(message, { ...plain, links: true });
    expect(clickable).toContain(`\u001B]8;;${fullCard.href}\u001B\\A title\u001B]8;;\u001B\\`);
    expect(clickable.split(fullCard.href)).toHaveLength(2);
  });

  it('leaves out what a paper lacks', () => {
    expect(show({ type: 'paper', paper: { ...bareCard, title: 'T' } })).toBe(
      '10. T\n    https://arxiv.org/abs/astro-ph/0601001\n',
    );
  });

  it('prints an address once, after the words that link to it', () => {
    const url = 'https://example.org/a';
    expect(show(paragraph(link('here', url), ', ', link(url, url)))).toBe(
      `here (${url}), ${url}\n`,
    );
    const items = [[link('one', url), { text: ' and ' }, link('two', url)]];
    expect(show({ type: 'list', ordered: false, items })).toBe(`• one and two\n  ${url}\n`);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'no link'])(
    'prints no address for %s',
    (href) => {
      expect(show(paragraph(link('words', href)))).toBe('words\n');
      expect(show({ type: 'paper', paper: { ...fullCard, href } })).not.toContain(href);
    },
  );
});

describe('Lines', () => {
  it('are as wide as the terminal at most, counting CJK and emoji as two columns', () => {
    const words = fc.array(
      fc.oneof(
        fc.constantFrom(
          '論文',
          '가나다',
          '🔖',
          '👩‍🔬',
          'é',
          'a',
          'attention',
          '，',
          '（',
          'x'.repeat(70),
        ),
        fc.string({ unit: 'grapheme', maxLength: 30 }).map((word) => word.replace(/:\/\//g, '')),
      ),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 100 }), (parts, width) => {
        for (const line of toTerminal(lineMessage(parts.join(' ')), { color: false, width }).split(
          '\n',
        )) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('lose nothing but spaces when they are broken', () => {
    const word = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 20, max: 60 }), (parts, width) => {
        const text = parts.join(' ');
        const shown = toTerminal(lineMessage(text), { color: false, width });
        expect(shown.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('break at spaces, and between CJK characters but not before a closing mark', () => {
    const shown = toTerminal(lineMessage(`two words ${'漢'.repeat(15)}。end`), {
      color: false,
      width: 20,
    });
    expect(shown).toBe(`two words ${'漢'.repeat(5)}\n${'漢'.repeat(9)}\n漢。end\n`);
  });

  it('cut a word that is too long, and never a URL', () => {
    const url = `https://example.org/${'a'.repeat(60)}`;
    const shown = toTerminal(lineMessage(`see ${url} or ${'b'.repeat(45)}`), {
      color: false,
      width: 20,
    });
    expect(shown.split('\n')).toEqual([
      'see',
      url,
      'or',
      'b'.repeat(20),
      'b'.repeat(20),
      'b'.repeat(5),
      '',
    ]);
  });

  it('are never wider than is good to read, nor so narrow that words break up', () => {
    const message = lineMessage('word '.repeat(100));
    const widest = (width: number) =>
      Math.max(...toTerminal(message, { color: false, width }).split('\n').map(displayWidth));
    expect(widest(500)).toBe(99);
    expect(widest(0)).toBe(19);
  });
});

describe('Hostile text in a terminal', () => {
  it.each(Object.entries(hostileTitles))('with %s is shown literally', (_, title) => {
    expect(toTerminal(paperMessage(title), { color: false, width: 100 })).toContain(title);
  });

  it.each(Object.entries(oddTitles))('with %s sends no command', (_, title) => {
    const shown = toTerminal(paperMessage(title), plain);
    expect(shown).toContain('Safe');
    expect(shown).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  });

  it('anywhere in a message sends no control or direction character', () => {
    const evil = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\u001B',
        '\u009B',
        '\u0007',
        '\r',
        '\n',
        '\t',
        '\u202E',
        '\u2028',
        ']8;;',
      ),
    });
    fc.assert(
      fc.property(evil, (text) => {
        const href = `https://example.org/${text}`;
        const shown = show(
          { type: 'heading', text },
          { type: 'text', spans: [{ text, style: 'code', href }] },
          { type: 'list', ordered: true, items: [[{ text, href }]] },
          {
            type: 'paper',
            paper: {
              ...fullCard,
              title: text,
              href,
              authors: text,
              organization: text,
              why: text,
              summary: text,
            },
          },
        );
        expect(shown).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}/u);
      }),
    );
  });
});
