import { toAskedId } from '../paper.ts';
import { defineCommand } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { findPaper, paperArg } from './input/find-paper.ts';
import { rankedMessage } from './output/ranked-message.ts';
import { publicReply } from './output/reply.ts';

export const similar = defineCommand({
  name: 'similar',
  summary: 'Show papers like one that you name',
  args: [paperArg, countArg],
  example: 'similar 2405.14906',
  async run({ paper: typed, count: named }, { call, services }) {
    const { wanted, count = DEFAULT_COUNT } = withoutCount(typed);
    const paper = await findPaper(services, wanted);
    const papers = await services.similar(call.channel, paper, named ?? count);
    const ranked = papers.map((each) => ({ paper: each, score: 0 }));
    return publicReply(
      rankedMessage(
        { dates: [], ranked },
        {
          title: `Papers like “${paper.title}”`,
          empty: 'The archive has no other paper yet. Please try again when it has grown.',
        },
      ),
    );
  },
});

/** `2405.14906 3`: the words of a paper end the line, and a number after them is no part of it. */
function withoutCount(typed: string): { wanted: string; count?: number } {
  const [, wanted = '', digits] = /^(.+)\s(\d+)$/s.exec(typed.trim()) ?? [];
  const count = Number(digits);
  const isCount = count >= countArg.min && count <= countArg.max;
  return isCount && toAskedId(wanted) !== undefined ? { wanted, count } : { wanted: typed };
}
