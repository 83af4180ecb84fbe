import type { Block, Message, Span } from './message.ts';

/**
 * Splits a message into pages that each fit, in order and with nothing lost: between blocks where
 * that is enough, else between the items of a list, the buttons of a row or the words of a text. A
 * card or a word that fits nowhere gets a page of its own: its renderer has to shorten it. `fits`
 * is asked about once for each block and split.
 */
export function paginate(message: Message, fits: (page: Message) => boolean): Message[] {
  const { summary } = message;
  const pages: Block[][] = [];
  const waiting = [...message.blocks].reverse();
  let page: Block[] = [];
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (fits({ summary, blocks: [...page, block] })) {
      page.push(block);
      continue;
    }
    const halves = fits({ summary, blocks: [block] }) ? undefined : halve(block);
    if (halves !== undefined) waiting.push(halves[1], halves[0]);
    else if (page.length > 0) waiting.push(block);
    else pages.push([block]);
    if (halves === undefined && page.length > 0) {
      pages.push(page);
      page = [];
    }
  }
  if (page.length > 0 || pages.length === 0) pages.push(page);
  return pages.map((blocks, index) => ({
    summary: numbered(summary, index, pages.length),
    blocks,
  }));
}

/** Whether two messages break into pages at the same places: as many, each with as much on it. */
export function breakAlike(some: readonly Message[], others: readonly Message[]): boolean {
  return JSON.stringify(some.map(sizesOf)) === JSON.stringify(others.map(sizesOf));
}

function sizesOf({ blocks }: Message): number[] {
  return blocks.map((block) => {
    if (block.type === 'list') return block.items.length;
    return block.type === 'actions' ? block.buttons.length : 1;
  });
}

function numbered(summary: string, index: number, count: number): string {
  return count === 1 ? summary : `${summary} (${index + 1} of ${count})`;
}

/** The block in two that show the same, or undefined where it is one piece. */
function halve(block: Block): readonly [Block, Block] | undefined {
  switch (block.type) {
    case 'list': {
      const [first, second] = split(block.items);
      if (second.length === 0) return undefined;
      const start = (block.start ?? 1) + first.length;
      return [
        { ...block, items: first },
        { ...block, items: second, start },
      ];
    }
    case 'actions': {
      const [first, second] = split(block.buttons);
      return second.length === 0
        ? undefined
        : [
            { ...block, buttons: first },
            { ...block, buttons: second },
          ];
    }
    case 'text': {
      const halves = halveSpans(block.spans);
      return (
        halves && [
          { ...block, spans: halves[0] },
          { ...block, spans: halves[1] },
        ]
      );
    }
    default:
      return undefined;
  }
}

function split<T>(items: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

function halveSpans(
  spans: readonly Span[],
): readonly [readonly Span[], readonly Span[]] | undefined {
  if (spans.length > 1) return split(spans);
  const [only] = spans;
  const at = only === undefined ? -1 : middleSpace(only.text);
  if (only === undefined || at < 0) return undefined;
  return [
    [{ ...only, text: only.text.slice(0, at) }],
    [{ ...only, text: only.text.slice(at + 1) }],
  ];
}

/** The space nearest to the middle that has text on both of its sides, or -1. */
function middleSpace(text: string): number {
  const middle = Math.floor(text.length / 2);
  const before = text.lastIndexOf(' ', middle);
  const after = text.indexOf(' ', middle);
  const found = before > 0 && (after < 0 || middle - before <= after - middle) ? before : after;
  return found > 0 && found < text.length - 1 ? found : -1;
}
