import { describe, expect, it } from 'vitest';
import { composeDigest, type DigestContent } from '../../../src/core/digest/compose.ts';
import { LAYOUTS } from '../../../src/core/commands/command.ts';
import type { Message } from '../../../src/core/message.ts';
import { aList } from '../store-fixtures.ts';

const content: DigestContent = {
  dates: ['2026-08-20'],
  ranked: aList('2026-08-20')
    .slice(0, 3)
    .map((paper) => ({ paper, score: 1, why: 'by a followed author' })),
  dropped: [],
  total: 24,
  note: 'arXiv could not be read.',
  sample: false,
};
const ids = content.ranked.map(({ paper }) => paper.id);

const typesOf = ({ blocks }: Message) => blocks.map(({ type }) => type);

describe('the thread layout', () => {
  const pages = composeDigest(content);

  it('is an overview, then a message a paper in its thread', () => {
    expect(pages.map(({ inThread }) => inThread)).toEqual([false, true, true, true]);
    expect(pages.map(({ papers }) => papers)).toEqual([ids, ...ids.map((id) => [id])]);
    expect(pages.slice(1).map(({ message }) => typesOf(message))).toEqual(
      ids.map(() => ['paper', 'actions']),
    );
  });

  it('offers every paper to save, and the settings, under the overview', () => {
    const blocks = pages[0]?.message.blocks ?? [];
    expect(blocks.at(-2)).toMatchObject({
      type: 'menu',
      menu: { command: 'save', arg: 'paper', options: ids.map((value) => ({ value })) },
    });
    expect(blocks.at(-1)).toMatchObject({ buttons: [{ command: 'settings' }] });
  });
});

describe('the channel layout', () => {
  const pages = composeDigest(content, 'channel');

  it('is a message a paper and no thread', () => {
    expect(pages.map(({ papers, inThread }) => [papers, inThread])).toEqual(
      ids.map((id) => [[id], false]),
    );
  });

  it('says the day above the first paper, and what is missing under the last', () => {
    expect(pages.map(({ message }) => typesOf(message))).toEqual([
      ['heading', 'paper', 'actions'],
      ['paper', 'actions'],
      ['paper', 'actions', 'text'],
    ]);
    expect(pages[0]?.message.summary).toMatch(/^Papers of Thursday 20 August 2026: Lanterns/);
  });
});

describe('the compact layout', () => {
  it('is one message that promises no other', () => {
    const pages = composeDigest(content, 'compact');
    expect(pages).toHaveLength(1);
    expect(JSON.stringify(pages)).toContain('3 of 24 papers.');
    expect(JSON.stringify(pages)).not.toContain('below');
  });
});

describe('a day without papers', () => {
  it.each(LAYOUTS)('is one message that says why, in the %s layout', (layout) => {
    const [only, ...more] = composeDigest({ ...content, dates: [], ranked: [] }, layout);
    expect(more).toEqual([]);
    expect(only?.message.summary).toBe('No new papers. arXiv could not be read.');
    expect(typesOf(only?.message ?? { summary: '', blocks: [] })).toEqual([
      'heading',
      'text',
      'actions',
    ]);
  });
});
