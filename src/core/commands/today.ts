import { dayName } from '../compose.ts';
import type { DateString } from '../paper.ts';
import { defineCommand, type RankedList } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { rankedMessage } from './output/ranked-message.ts';
import { publicReply } from './output/reply.ts';

export const today = defineCommand({
  name: 'today',
  summary: 'Show the newest papers, ranked for this channel',
  args: [countArg],
  example: 'today 10',
  async run({ count = DEFAULT_COUNT }, { call, services }) {
    const list = await services.today(call.channel, count);
    return publicReply(rankedMessage(list, { title: titleOf(list.dates), empty: whyEmpty(list) }));
  },
});

/** What to say where the newest list has no paper to show. */
export function whyEmpty({ dates }: RankedList): string {
  return dates.length === 0
    ? 'I have no list of papers yet: the first one is still being fetched. Please try again in a few minutes.'
    : 'No papers on the newest list. For the days before it, write /papers trending.';
}

/** `Papers of Friday 21 August 2026`. */
export function titleOf(dates: readonly DateString[]): string {
  const [newest] = dates;
  const oldest = dates.at(-1);
  if (newest === undefined || oldest === undefined) return 'No papers yet';
  const days = newest === oldest ? '' : `${dayName(oldest)} to `;
  return `Papers of ${days}${dayName(newest)}`;
}
