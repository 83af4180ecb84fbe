import { paperActions, paperCard } from '../compose.ts';
import { paragraph, type Block } from '../message.ts';
import type { Paper } from '../paper.ts';
import { shorten } from '../text/index.ts';
import { defineCommand } from './command.ts';
import { findPaper, paperArg } from './input/find-paper.ts';
import { publicReply } from './output/reply.ts';

/** Of an abstract, in UTF-16 units; nearly all are shorter, since arXiv allows 1,920. */
const ABSTRACT_MAX = 2000;

export const show = defineCommand({
  name: 'show',
  summary: 'Show one paper with its abstract',
  args: [paperArg],
  example: 'show 2405.14906',
  async run({ paper: wanted }, { services }) {
    const paper = await findPaper(services, wanted);
    const blocks: Block[] = [
      { type: 'paper', paper: paperCard(paper) },
      ...abstractOf(paper),
      paperActions(paper.id),
    ];
    return publicReply({ summary: paper.title, blocks });
  },
});

/** Nothing where the card's one sentence says it all already. */
function abstractOf(paper: Paper): Block[] {
  const abstract = shorten(paper.abstract, ABSTRACT_MAX);
  return abstract === '' || abstract === paperCard(paper).summary ? [] : [paragraph(abstract)];
}
