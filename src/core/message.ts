import type { ArgValues } from './command-call.ts';
import { toPaperId } from './paper.ts';

/**
 * What the bot says, free of any platform's markup: plain-text spans with meaning. Nothing here is
 * escaped; each platform's renderer escapes. `summary` is the whole message in one line, for
 * notifications and screen readers.
 */
export interface Message {
  readonly summary: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'text'; readonly spans: readonly Span[] }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      /** The number of the first item, where a long list goes on in a second message; 1 if absent. */
      readonly start?: number;
      readonly items: readonly (readonly Span[])[];
    }
  | { readonly type: 'paper'; readonly paper: PaperCard }
  | { readonly type: 'actions'; readonly buttons: readonly Button[] }
  | { readonly type: 'menu'; readonly menu: Menu }
  | { readonly type: 'divider' };

/** A run of text. `href` is an absolute http(s) URL that we built or checked. */
export interface Span {
  readonly text: string;
  readonly style?: 'strong' | 'emphasis' | 'code';
  readonly href?: string;
}

/** What a reader sees of one paper. Every field is plain text; absent means leave the line out. */
export interface PaperCard {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** From 1, where the card stands in a ranking. */
  readonly rank?: number;
  /** Three names, then `+n`. */
  readonly authors: string;
  readonly organization?: string;
  readonly upvotes?: number;
  /** Why it is here: `top 3% for its age; matches agents; code ★8`. */
  readonly why?: string;
  /** One sentence. */
  readonly summary?: string;
  readonly thumbnail?: string;
  readonly links: readonly { readonly label: string; readonly href: string }[];
}

/** Pressing it makes a command call by the reader who pressed, in the channel where it stands. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly args: ArgValues;
}

/** A list to pick one of: the pick makes a call of `command` with its value as the argument `arg`. */
export interface Menu {
  /** Seen while nothing is picked: `Save a paper…`. */
  readonly label: string;
  readonly command: string;
  readonly arg: string;
  /** At most 20. */
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export function text(value: string): Span {
  return { text: value };
}

export function strong(value: string): Span {
  return { text: value, style: 'strong' };
}

export function code(value: string): Span {
  return { text: value, style: 'code' };
}

export function link(value: string, href: string): Span {
  return { text: value, href };
}

export function paragraph(...spans: readonly (Span | string)[]): Block {
  return {
    type: 'text',
    spans: spans.map((span) => (typeof span === 'string' ? text(span) : span)),
  };
}

/** The base ids of the papers that a message shows as cards or links in order, without repeats. */
export function papersIn(message: Message): string[] {
  return [...new Set(message.blocks.flatMap(idsIn))];
}

function idsIn(block: Block): string[] {
  if (block.type === 'paper') return [block.paper.id];
  if (block.type === 'text') return linkedIds(block.spans);
  return block.type === 'list' ? linkedIds(block.items.flat()) : [];
}

function linkedIds(spans: readonly Span[]): string[] {
  return spans.flatMap(({ href }) => toPaperId(href ?? '') ?? []);
}
