import type { Block, Message, Span } from '../message.ts';
import { toPaperId } from '../paper.ts';

/** The newest votes by base id. */
export type Votes = ReadonlyMap<string, number>;

/** How an overview's line shows votes, after the paper's link: see `paperLine`. */
const SHOWN = /^ ▲\d+/;

/** The same message with these votes where it shows some. Nothing else of it changes. */
export function withVotes(message: Message, votes: Votes): Message {
  return { ...message, blocks: message.blocks.map((block) => inBlock(block, votes)) };
}

function inBlock(block: Block, votes: Votes): Block {
  if (block.type === 'list') {
    return { ...block, items: block.items.map((spans) => inLine(spans, votes)) };
  }
  if (block.type !== 'paper' || block.paper.upvotes === undefined) return block;
  const upvotes = votes.get(block.paper.id) ?? block.paper.upvotes;
  return { ...block, paper: { ...block.paper, upvotes } };
}

function inLine(spans: readonly Span[], votes: Votes): Span[] {
  return spans.map((span, index) => {
    const id = toPaperId(spans[index - 1]?.href ?? '');
    const count = id === undefined ? undefined : votes.get(id);
    return count === undefined ? span : { ...span, text: span.text.replace(SHOWN, ` ▲${count}`) };
  });
}
