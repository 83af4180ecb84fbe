import type { types } from '@slack/bolt';
import { paginate, type Block, type Message } from '../core/index.ts';
import { renderCard } from './render/card.ts';
import { renderButtons, renderMenu } from './render/controls.ts';
import {
  BLOCKS_MAX,
  BUTTONS_MAX,
  HEADER_MAX,
  NOTIFICATION_MAX,
  SECTION_MAX,
  TEXT_MAX,
  TOTAL_MAX,
} from './render/limits.ts';
import { plainText } from './render/options.ts';
import { richList, richText } from './render/rich-text.ts';
import { escaped } from './text.ts';

/** The part of `chat.postMessage` that says what is shown. */
export interface Rendered {
  /** What a notification and a screen reader say. */
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
}

/** The message on as many of Slack's messages as it takes, each with what it shows of ours. */
export function renderPages(
  message: Message,
): { readonly page: Message; readonly shown: Rendered }[] {
  return paginate(message, fits).map((page) => ({ page, shown: renderMessage(page) }));
}

/** The message as one of Slack's, whatever its length. */
export function renderMessage({ summary, blocks }: Message): Rendered {
  return { text: escaped(summary, NOTIFICATION_MAX), blocks: renderBlocks(blocks) };
}

/** All of a message's words and links as text alone, for when Slack refuses its blocks. */
export function renderWords({ text, blocks }: Rendered): Rendered {
  const words = blocks.flatMap(wordsOf).filter((word) => word !== '');
  return {
    text: words.length === 0 ? text : escaped(words.join('\n'), TEXT_MAX),
    blocks: [],
  };
}

/** The blocks without the pictures beside them; the same ones where there are none. */
export function withoutPictures(blocks: readonly types.KnownBlock[]): readonly types.KnownBlock[] {
  if (!blocks.some(hasPicture)) return blocks;
  return blocks.map((block) => {
    if (!hasPicture(block)) return block;
    const bare = { ...block };
    delete bare.accessory;
    return bare;
  });
}

function hasPicture(block: types.KnownBlock): block is types.SectionBlock {
  return block.type === 'section' && block.accessory?.type === 'image';
}

/** A menu and the buttons that follow it stand in one row. */
function renderBlocks(blocks: readonly Block[]): types.KnownBlock[] {
  const rows: types.KnownBlock[] = [];
  for (const block of blocks.flatMap(renderBlock)) {
    const last = rows.at(-1);
    const row = block.type === 'actions' && last?.type === 'actions' && joined(last, block);
    if (row) rows[rows.length - 1] = row;
    else rows.push(block);
  }
  return rows;
}

/** Both in one row; undefined where Slack would not tell their controls apart, or has no room. */
function joined(
  one: types.ActionsBlock,
  other: types.ActionsBlock,
): types.ActionsBlock | undefined {
  const elements = [...one.elements, ...other.elements];
  const ids = new Set(elements.map(({ action_id: id }) => id));
  const fit = ids.size === elements.length && elements.length <= BUTTONS_MAX;
  return fit ? { type: 'actions', elements } : undefined;
}

export function renderBlock(block: Block): types.KnownBlock[] {
  switch (block.type) {
    case 'heading':
      return heading(block.text);
    case 'text':
      return richText(block.spans);
    case 'list':
      return richList(block);
    case 'paper':
      return renderCard(block.paper);
    case 'actions':
      return renderButtons(block.buttons);
    case 'menu':
      return renderMenu(block.menu);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

function heading(text: string): types.HeaderBlock[] {
  const shown = plainText(text, HEADER_MAX);
  return shown.text === '' ? [] : [{ type: 'header', text: shown }];
}

function fits(page: Message): boolean {
  const rendered = renderBlocks(page.blocks);
  return (
    rendered.length <= BLOCKS_MAX && sizeOf(rendered) <= TOTAL_MAX && page.blocks.every(isWhole)
  );
}

/** Whether nothing of the block has to be cut. */
function isWhole(block: Block): boolean {
  if (block.type === 'actions') return block.buttons.length <= BUTTONS_MAX;
  return block.type !== 'text' || block.spans.every(({ text }) => text.length <= SECTION_MAX);
}

const COUNTED = new Set(['text', 'url', 'alt_text', 'image_url']);

/** The characters that Slack counts: all that readers could see or follow. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]: [string, unknown]) =>
      sum + (typeof each === 'string' ? (COUNTED.has(key) ? each.length : 0) : sizeOf(each)),
    0,
  );
}

/** The words below a block, a line for each piece; the address of a link stands behind its words. */
function wordsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  const { type, text, url } = value as Readonly<Record<string, unknown>>;
  if (type === 'actions') return [];
  if (type === 'rich_text_section') return [lineOf(value)];
  const own = typeof text === 'string' ? [typeof url === 'string' ? `${text} (${url})` : text] : [];
  return [...own, ...Object.values(value).flatMap(wordsOf)];
}

function lineOf(section: object): string {
  return Object.values(section).flatMap(wordsOf).join('');
}
