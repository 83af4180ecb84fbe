import type { Block, Message, PaperCard, Span } from '../core/index.ts';
import { displayWidth } from './display-width.ts';
import { wrap } from './wrap.ts';
import type { Look, Run } from './wrap.ts';

export interface TerminalOptions {
  /** Whether escape sequences may set text apart; the caller knows of NO_COLOR and pipes. */
  readonly color: boolean;
  /** Columns; anything under 20 counts as 20. */
  readonly width: number;
  /** Make titles clickable (OSC 8) instead of printing addresses; off unless asked for. */
  readonly links?: boolean;
}

/** The narrowest terminal that still shows a title in words rather than letters. */
const MIN_WIDTH = 20;

/** Lines longer than this are tiring to read, however wide the window. */
const MAX_WIDTH = 100;

/**
 * A message as plain text for a terminal, ending in a newline. Buttons are left out: nobody can
 * press them there. Nothing in the message can send a control or escape sequence.
 */
export function toTerminal(message: Message, options: TerminalOptions): string {
  const width = Math.min(Math.max(options.width, MIN_WIDTH), MAX_WIDTH);
  const ranks = message.blocks.map((block) =>
    block.type === 'paper' ? (block.paper.rank ?? 0) : 0,
  );
  const sheet = { ...options, width, rankWidth: String(Math.max(0, ...ranks)).length };
  const blocks = message.blocks.map((block) => renderBlock(block, sheet));
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

interface Sheet extends TerminalOptions {
  /** Digits of the message's highest rank, so that all cards align. */
  readonly rankWidth: number;
}

function renderBlock(block: Block, sheet: Sheet): string[] {
  switch (block.type) {
    case 'heading':
      return renderHeading(block.text, sheet);
    case 'text':
      return renderText(block.spans, sheet);
    case 'list':
      return block.items.flatMap((spans, index) => {
        const { start = 1 } = block;
        const width = String(start + block.items.length - 1).length;
        const marker = block.ordered ? `${String(start + index).padStart(width)}. ` : '• ';
        return renderItem(marker, spans, sheet);
      });
    case 'paper':
      return renderPaper(block.paper, sheet);
    case 'actions':
    case 'menu':
      return [];
    case 'divider':
      return ['─'.repeat(Math.min(sheet.width, 40))];
  }
}

function renderHeading(heading: string, sheet: Sheet): string[] {
  const lines = wrap([{ text: clean(heading), look: 'bold' }], sheet.width);
  const longest = Math.max(0, ...lines.map((line) => displayWidth(textOf(line))));
  return [
    ...lines.map((line) => paint(line, sheet)),
    paint([{ text: '─'.repeat(longest), look: 'dim' }], sheet),
  ];
}

/** One list line; its addresses stand beneath it, where they don't get in the reader's way. */
function renderItem(marker: string, spans: readonly Span[], sheet: Sheet): string[] {
  if (sheet.links === true) return hang(marker, toRuns(spans), sheet);
  const hrefs = spans.flatMap(({ href, text }) =>
    href === undefined || href === text ? [] : [href],
  );
  const indent = ' '.repeat(marker.length);
  return [
    ...hang(marker, toRuns(spans), sheet),
    ...[...new Set(hrefs)].flatMap((href) => renderUrl(indent, href, sheet)),
  ];
}

/** Running text, where an address follows the words that link to it. */
function renderText(spans: readonly Span[], sheet: Sheet): string[] {
  const runs = toRuns(spans).flatMap((run): Run[] => {
    const printed = sheet.links === true || run.href === undefined || run.href === run.text;
    return printed
      ? [run]
      : [run, { text: ' (' }, { text: run.href ?? '', look: 'cyan' }, { text: ')' }];
  });
  return hang('', runs, sheet);
}

function renderPaper(paper: PaperCard, sheet: Sheet): string[] {
  const marker =
    paper.rank === undefined ? '' : `${String(paper.rank).padStart(sheet.rankWidth)}. `;
  const indent = ' '.repeat(marker.length);
  const href = toUrl(paper.href);
  const title: Run = {
    text: clean(paper.title),
    look: 'bold',
    ...(href === undefined ? {} : { href }),
  };
  const votes = paper.upvotes === undefined ? [] : [`▲ ${paper.upvotes}`];
  const line = (parts: readonly (string | undefined)[], look?: Look): string[] => {
    const text = clean(parts.filter((part) => part !== undefined && part !== '').join(' · '));
    return hang(indent, [look === undefined ? { text } : { text, look }], sheet);
  };
  return [
    ...hang(marker, [title], sheet),
    ...line([paper.authors, paper.organization]),
    ...line([...votes, paper.why], 'dim'),
    ...line([paper.summary]),
    ...(sheet.links === true ? [] : renderUrl(indent, paper.href, sheet)),
  ];
}

function renderUrl(indent: string, href: string, sheet: Sheet): string[] {
  const url = toUrl(href);
  return url === undefined ? [] : hang(indent, [{ text: url, look: 'cyan' }], sheet);
}

/** The first line begins with the marker, the others stand beneath its text. */
function hang(marker: string, runs: readonly Run[], sheet: Sheet): string[] {
  const lines = wrap(runs, sheet.width - marker.length);
  const indent = ' '.repeat(marker.length);
  return lines.map((line, index) => (index === 0 ? marker : indent) + paint(line, sheet));
}

const LOOKS = { strong: 'bold', emphasis: 'italic', code: 'cyan' } as const;

function toRuns(spans: readonly Span[]): Run[] {
  return spans.map(({ text, style, href }) => {
    const url = href === undefined ? undefined : toUrl(href);
    return {
      text: clean(text),
      ...(style === undefined ? {} : { look: LOOKS[style] }),
      ...(url === undefined ? {} : { href: url }),
    };
  });
}

/** The address with everything but printable ASCII encoded; undefined unless it is http(s). */
function toUrl(href: string): string | undefined {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return undefined;
  return new URL(href).href;
}

/** Without what a terminal would obey: controls, line separators, direction marks. */
function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\p{Bidi_Control}|[\u{200B}\u{2060}\u{FEFF}]/gu, '');
}

/** Switching a look on and off (ECMA-48, "SGR"). */
const CODES: Readonly<Record<Look, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  cyan: [36, 39],
};

function paint(line: readonly Run[], { color, links }: Sheet): string {
  return line
    .map(({ text, look, href }) => {
      const linked =
        links === true && href !== undefined
          ? `\u{1B}]8;;${href}\u{1B}\\${text}\u{1B}]8;;\u{1B}\\`
          : text;
      if (!color || look === undefined) return linked;
      const [on, off] = CODES[look];
      return `\u{1B}[${on}m${linked}\u{1B}[${off}m`;
    })
    .join('');
}

function textOf(line: readonly Run[]): string {
  return line.map(({ text }) => text).join('');
}
