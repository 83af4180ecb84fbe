import { paperCard } from '../compose.ts';
import { paragraph, type Block, type Message } from '../message.ts';
import type { Paper } from '../paper.ts';
import { defineCommand } from './command.ts';
import { headline } from './output/ranked-message.ts';
import { counted, notice, privateReply } from './output/reply.ts';
import { said } from './input/words.ts';

/** Cards in one reply; more would not fit a message on every platform. */
const SHOWN = 10;

export const saved = defineCommand({
  name: 'saved',
  summary: 'List the papers that you keep',
  private: true,
  args: [
    {
      name: 'query',
      summary: 'only those about this',
      kind: 'text',
      required: false,
      rest: true,
    },
  ],
  example: 'saved agents',
  async run({ query }, { call, services }) {
    const papers = await services.bookmarks(call.reader, query);
    return privateReply(papers.length === 0 ? nothing(query) : toMessage(papers, query));
  },
});

function nothing(query: string | undefined): Message {
  return query === undefined
    ? notice(
        'You have saved no papers yet. React with 🔖 to a paper, or write /papers save and its id.',
      )
    : notice(`None of your saved papers is about ${said(query)}. /papers saved lists them all.`);
}

function toMessage(papers: readonly Paper[], query: string | undefined): Message {
  const about = query === undefined ? '' : ` about ${said(query)}`;
  const title = `You saved ${counted(papers.length, 'paper')}${about}`;
  const blocks: Block[] = [
    { type: 'heading', text: title },
    ...papers.slice(0, SHOWN).map((paper): Block => ({ type: 'paper', paper: paperCard(paper) })),
  ];
  if (papers.length > SHOWN) {
    blocks.push(
      paragraph(`These are the ${SHOWN} newest. Add words to find another: /papers saved agents`),
    );
  }
  return { summary: `${title}: ${headline(papers[0]?.title ?? '', papers.length)}`, blocks };
}
