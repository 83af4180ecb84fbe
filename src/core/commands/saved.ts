import { paperCard } from '../compose.ts';
import { paragraph, type Block, type Message } from '../message.ts';
import type { Paper } from '../paper.ts';
import { defineCommand } from './command.ts';
import { said } from './input/words.ts';
import { pageOf, type Page } from './output/page.ts';
import { headline } from './output/ranked-message.ts';
import { notice, privateReply } from './output/reply.ts';
import { pageButtons, savedTitle } from './output/saved-list.ts';

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
    {
      name: 'page',
      summary: 'which ten of them, 1 being the newest',
      kind: 'integer',
      required: false,
      min: 1,
    },
  ],
  example: 'saved agents',
  async run({ query, page = 1 }, { call, services }) {
    const papers = await services.bookmarks(call.reader, query);
    if (papers.length === 0) return privateReply(nothing(query));
    const title = savedTitle(papers.length, query);
    return privateReply(toMessage(title, pageOf(papers, page, SHOWN), query));
  },
});

function nothing(query: string | undefined): Message {
  return query === undefined
    ? notice(
        'You have saved no papers yet. React with 🔖 to a paper, or write /papers save and its id.',
      )
    : notice(`None of your saved papers is about ${said(query)}. /papers saved lists them all.`);
}

function toMessage(title: string, list: Page<Paper>, query: string | undefined): Message {
  const { items, page, pages } = list;
  const blocks: Block[] = [
    { type: 'heading', text: title },
    ...items.map((paper): Block => ({ type: 'paper', paper: paperCard(paper) })),
    ...(pages === 1 ? [] : [paragraph(`Page ${page} of ${pages}.`)]),
    ...pageButtons(list, query),
  ];
  return { summary: `${title}: ${headline(items[0]?.title ?? '', items.length)}`, blocks };
}
