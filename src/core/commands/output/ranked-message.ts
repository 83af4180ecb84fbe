import { paperBlocks } from '../../compose.ts';
import { paragraph, type Block, type Message } from '../../message.ts';
import type { RankedList } from '../command.ts';

/** A ranking as one message: a title, a card a paper or the sentence for none, and what is missing. */
export function rankedMessage(
  { ranked, note }: RankedList,
  words: { readonly title: string; readonly empty: string },
): Message {
  const [first] = ranked;
  const blocks: Block[] = [
    { type: 'heading', text: words.title },
    ...(first === undefined ? [paragraph(words.empty)] : paperBlocks(ranked)),
    ...(note === undefined ? [] : [paragraph(note)]),
  ];
  const body =
    first === undefined ? (note ?? words.empty) : headline(first.paper.title, ranked.length);
  return { summary: `${words.title}: ${body}`, blocks };
}

/** The first of several papers, for a line that stands for all of them. */
export function headline(title: string, count: number): string {
  return count === 1 ? title : `${title}, and ${count - 1} more`;
}
