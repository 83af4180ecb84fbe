import { describe, expect, it } from 'vitest';
import { paperCard, paperLine } from '../../src/core/compose.ts';
import { composeDigest } from '../../src/core/digest/compose.ts';
import { link, paragraph, papersIn, type Block } from '../../src/core/message.ts';
import { aList, aPaper } from './store-fixtures.ts';

const papersOf = (...blocks: Block[]) => papersIn({ summary: '', blocks });

describe('the papers in a message', () => {
  it('are those of its cards and of its links, each once, in order', () => {
    const [one, two, three] = aList('2026-08-20');
    expect(
      papersOf(
        { type: 'heading', text: 'Papers' },
        { type: 'list', ordered: true, items: [paperLine(two!), paperLine(one!)] },
        { type: 'paper', paper: paperCard(one!) },
        paragraph('See also ', link('this', 'https://arxiv.org/abs/2608.00003v2')),
        { type: 'divider' },
      ),
    ).toEqual([two!.id, one!.id, three!.id]);
  });

  it('are none where nothing is linked, or only other places', () => {
    const card = { ...paperCard(aPaper({ id: '2608.00009' })), links: [] };
    expect(
      papersOf(paragraph('2608.00001'), paragraph(link('code', 'https://github.com/a/b'))),
    ).toEqual([]);
    expect(papersOf({ type: 'paper', paper: card })).toEqual(['2608.00009']);
  });

  it('of an overview are those of the whole digest', () => {
    const ranked = aList('2026-08-20').map((paper) => ({ paper, score: 1 }));
    const [overview] = composeDigest({
      dates: ['2026-08-20'],
      ranked,
      dropped: [],
      total: 5,
      sample: false,
    });
    expect(papersIn(overview!.message)).toEqual(overview!.papers);
  });
});
