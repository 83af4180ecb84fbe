import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraph, text, type Block, type Message } from '../../src/core/message.ts';
import { paginate } from '../../src/core/paginate.ts';
import { fullCard } from '../fixtures/messages.ts';

const length = ({ blocks }: Message) => JSON.stringify(blocks.map(wordsOf)).length;
const within = (most: number) => (page: Message) => length(page) <= most;

function wordsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'heading':
      return [block.text];
    case 'text':
      return block.spans.flatMap((span) => span.text.split(' '));
    case 'list':
      return block.items.flat().flatMap((span) => span.text.split(' '));
    case 'paper':
      return [block.paper.title];
    case 'actions':
      return block.buttons.map(({ label }) => label);
    default:
      return [];
  }
}

const word = fc.stringMatching(/^[a-z]{1,9}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' '));
const block: fc.Arbitrary<Block> = fc.oneof(
  word.map((heading): Block => ({ type: 'heading', text: heading })),
  fc.array(sentence, { minLength: 1, maxLength: 4 }).map((parts) => paragraph(...parts)),
  fc.array(sentence, { minLength: 1, maxLength: 9 }).map((items): Block => ({
    type: 'list',
    ordered: true,
    items: items.map((item) => [text(item)]),
  })),
  word.map((title): Block => ({ type: 'paper', paper: { ...fullCard, title } })),
  fc.array(word, { minLength: 1, maxLength: 9 }).map((labels): Block => ({
    type: 'actions',
    buttons: labels.map((label) => ({ label, command: 'show', args: {} })),
  })),
);

describe('paginate', () => {
  it('leaves alone what fits', () => {
    const message = { summary: 'short', blocks: [paragraph('a word')] };
    expect(paginate(message, () => true)).toEqual([message]);
    expect(paginate({ summary: 'nothing', blocks: [] }, () => true)).toHaveLength(1);
  });

  it('loses no word and keeps their order, whatever the message', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 12 }),
        fc.integer({ min: 20, max: 400 }),
        (blocks, most) => {
          const pages = paginate({ summary: 'all', blocks }, within(most));
          expect(pages.flatMap((page) => page.blocks.flatMap(wordsOf))).toEqual(
            blocks.flatMap(wordsOf),
          );
          expect(pages.every((page) => page.blocks.length > 0) || blocks.length === 0).toBe(true);
        },
      ),
    );
  });

  it('makes every page fit where its pieces can', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        // The longest piece that can't be split is a list's item: 40 words of 9 letters.
        const fits = within(600);
        expect(paginate({ summary: 'all', blocks }, fits).every(fits)).toBe(true);
      }),
    );
  });

  it('goes on counting in the second half of a list', () => {
    const items = Array.from({ length: 5 }, (_, index) => [text(`item ${index + 1} of five`)]);
    const message: Message = { summary: 'list', blocks: [{ type: 'list', ordered: true, items }] };
    const pages = paginate(message, within(90));
    expect(pages.map(({ summary }) => summary)).toEqual(['list (1 of 2)', 'list (2 of 2)']);
    expect(pages[1]?.blocks).toEqual([
      { type: 'list', ordered: true, start: 4, items: items.slice(3) },
    ]);
  });

  it('gives a page of its own to what fits nowhere', () => {
    const paper: Block = { type: 'paper', paper: fullCard };
    const pages = paginate(
      { summary: 's', blocks: [paragraph('a'), paper, paragraph('b')] },
      ({ blocks }) => blocks.every(({ type }) => type === 'text'),
    );
    expect(pages.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([
      ['text'],
      ['paper'],
      ['text'],
    ]);
  });
});
