import { defineCommand } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { rankedMessage } from './output/ranked-message.ts';
import { publicReply } from './output/reply.ts';

/** Days of lists that each period looks back. */
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

export const trending = defineCommand({
  name: 'trending',
  summary: 'Show the papers that gather votes fastest for their age',
  args: [
    {
      name: 'period',
      summary: 'how far back: day, week (the usual) or month',
      kind: 'text',
      required: false,
      choices: ['day', 'week', 'month'],
    },
    countArg,
  ],
  example: 'trending month',
  async run({ period = 'week', count = DEFAULT_COUNT }, { call, services }) {
    const list = await services.trending(call.channel, DAYS[period] ?? 7, count);
    return publicReply(
      rankedMessage(list, {
        title: period === 'day' ? 'Trending today' : `Trending this ${period}`,
        empty: `No papers in the archive for the last ${period}. ${nextStep(period)}`,
      }),
    );
  },
});

function nextStep(period: string): string {
  return period === 'month'
    ? 'See /papers status for what the sources say.'
    : 'Look further back with /papers trending month.';
}
