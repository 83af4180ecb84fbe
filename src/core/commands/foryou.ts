import { defineCommand } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { rankedMessage } from './output/ranked-message.ts';
import { privateReply } from './output/reply.ts';
import { titleOf, whyEmpty } from './today.ts';

const NOTHING_LEARNT =
  'This is everybody’s order as yet. React with 🔖 or 👍 to a few papers, and it becomes yours.';

export const forYou = defineCommand({
  name: 'foryou',
  summary: 'Show the newest papers, ranked by what you saved and liked',
  args: [countArg],
  private: true,
  example: 'foryou 10',
  async run({ count = DEFAULT_COUNT }, { call, services }) {
    const { learnt, ...list } = await services.forReader(call.reader, call.channel, count);
    const notes = [...(learnt ? [] : [NOTHING_LEARNT]), ...(list.note ? [list.note] : [])];
    const words = { title: `${titleOf(list.dates)}, for you`, empty: whyEmpty(list) };
    return privateReply(
      rankedMessage(notes.length > 0 ? { ...list, note: notes.join(' ') } : list, words),
    );
  },
});
