import { describeMoment } from '../moment.ts';
import { defineCommand, type CommandContext } from './command.ts';
import { counted, notice, privateReply } from './output/reply.ts';

export const post = defineCommand({
  name: 'post',
  summary: 'Post a digest here now, beside the schedule, or one that is held',
  manages: true,
  private: true,
  args: [
    {
      name: 'what',
      summary: 'newest (the usual), or held: what may have been posted, and was not',
      kind: 'text',
      required: false,
      choices: ['newest', 'held'],
    },
  ],
  example: 'post',
  async run({ what }, context) {
    const sentences = await (what === 'held' ? postHeld(context) : postNewest(context));
    return privateReply(notice(...sentences));
  },
});

async function postNewest(context: CommandContext): Promise<string[]> {
  const { call, services } = context;
  const { papers, already, note } = await services.postNow(call.channel);
  const notes = note === undefined ? [] : [note];
  const after = await nextOne(context);
  if (papers === 0) return ['There is nothing new to post.', ...notes, ...after];
  if (already) return ['A digest was asked for here today already; one a day is posted.', ...after];
  const problems = await services.problems(call.channel);
  return [`Posting ${counted(papers, 'paper')} here now.`, ...problems, ...notes, ...after];
}

async function postHeld({ call, services }: CommandContext): Promise<string[]> {
  const pages = await services.postHeld(call.channel);
  return pages === 0
    ? ['Nothing is held here. /papers status shows the last digests.']
    : [`Posting what was held: ${counted(pages, 'message')}.`];
}

async function nextOne({ call, now, services }: CommandContext): Promise<string[]> {
  const subscription = await services.subscription(call.channel);
  if (subscription === undefined) return [];
  const { nextDue, timezone } = subscription;
  return [`The next digest comes ${describeMoment(nextDue, timezone, now)}, as planned.`];
}
