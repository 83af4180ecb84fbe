import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraph } from '../../src/core/message.ts';
import type { Message, PaperCard } from '../../src/core/message.ts';
import { renderMessage } from '../../src/preview/render.ts';
import { bareCard, digestMessage, fullCard, hostileTitles } from '../fixtures/messages.ts';
import { textOf } from './page.ts';

const render = (...blocks: Message['blocks']) => renderMessage({ summary: '', blocks });
const card = (paper: Partial<PaperCard>) =>
  render({ type: 'paper', paper: { ...fullCard, ...paper } });

describe('A message as HTML', () => {
  it('looks as it did for a digest with every kind of block', async () => {
    await expect(`${renderMessage(digestMessage)}\n`).toMatchFileSnapshot(
      '../golden/preview-digest.html',
    );
  });

  it('leaves out what a paper lacks', () => {
    const html = render({ type: 'paper', paper: bareCard });
    for (const part of ['byline', 'why', 'summary', 'links', '<img', 'undefined']) {
      expect(html).not.toContain(part);
    }
  });

  it.each(Object.entries(hostileTitles))('shows %s literally wherever it stands', (_, title) => {
    const links = [{ label: title, href: 'https://example.org/' }];
    const texts = { title, authors: title, organization: title, why: title, summary: title, links };
    const html = card(texts);
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(new Set(tags)).toEqual(new Set(card({ links }).match(/<[^>]*>/g)));
    expect(textOf(html).split(title)).toHaveLength(Object.keys(texts).length + 1);
  });

  it('shows any text literally and adds no tag of its own', () => {
    const template = render({ type: 'heading', text: 'x' }, paragraph('x'));
    const tags = (html: string) => html.match(/<(?!\/?bdi>)[^>]*>/g);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const html = render({ type: 'heading', text }, paragraph(text));
        expect(tags(html)).toEqual(tags(template));
        const shown = text.replace(/(?![\n\t])\p{Cc}/gu, '');
        expect(textOf(html)).toBe(`${shown}\n${shown}`);
      }),
    );
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    'not a link',
    '',
  ])('makes no link of %j', (href) => {
    const html = render(
      { type: 'text', spans: [{ text: 'words', href }] },
      {
        type: 'paper',
        paper: { ...fullCard, href, thumbnail: href, links: [{ label: 'l', href }] },
      },
    );
    expect(html).not.toMatch(/<a |<img /);
    expect(html).toContain('words');
  });

  it('keeps a quote in a link inside its attribute', () => {
    const html = card({ href: `https://example.org/?q="><script>'` });
    expect(html).not.toContain('<script>');
    expect(html).toMatch(/href="https:\/\/example\.org\/\?q=[^"<>']*"/);
  });

  it('shows no picture that the page may not load', () => {
    expect(card({ thumbnail: 'http://example.org/a.png' })).not.toContain('<img');
    expect(card({ thumbnail: 'https://example.org/a.png' })).toContain('<img');
  });

  it('keeps direction marks from reordering what follows', () => {
    const html = card({ authors: '\u202Eada', organization: 'Lab' });
    expect(html).toContain('<bdi>\u202Eada</bdi>');
    expect(html).not.toContain('<bdi>Lab');
  });

  it('puts a button’s arguments into attributes that read back as they were', () => {
    const args = { query: `a "b" 'c' <d> & é`, count: 3 };
    const html = render({ type: 'actions', buttons: [{ label: 'More', command: 'topic', args }] });
    const [, data = ''] = /data-args="([^"]*)"/.exec(html) ?? [];
    expect(JSON.parse(textOf(data))).toEqual(args);
  });
});
