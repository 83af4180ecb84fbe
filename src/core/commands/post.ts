import { dayAndMonth } from '../compose.ts';
import { describeMoment } from '../moment.ts';
import {
  defineCommand,
  HELD_ADVICE,
  type CommandContext,
  type HeldDigest,
  type PostedNow,
  type Subscription,
} from './command.ts';
import { counted, notice, privateReply } from './output/reply.ts';

export const post = defineCommand({
  name: 'post',
  summary: 'Post a digest here now, beside the schedule, or one that is held',
  manages: true,
  private: true,
  args: [
    {
      name: 'what',
      summary:
        'newest (the usual), or of what may stand here already: held posts it, drop does not',
      kind: 'text',
      required: false,
      choices: ['newest', 'held', 'drop'],
    },
  ],
  example: 'post',
  async run({ what }, context) {
    const action = what === 'held' ? postHeld : what === 'drop' ? dropHeld : postNewest;
    return privateReply(notice(...(await action(context))));
  },
});

async function postNewest(context: CommandContext): Promise<string[]> {
  const { call, now, services } = context;
  const posted = await services.postNow(call.channel);
  const subscription = await services.subscription(call.channel);
  const { papers, already, note, refusal } = posted;
  const notes = note === undefined ? [] : [note];
  const after = [...heldToo(posted), ...nextOne(subscription, now)];
  const waiting = [whatWaits(posted, subscription, now)];
  if ((papers === 0 || already) && posted.waits === true) {
    return [...waiting, ...soFar(refusal), ...after];
  }
  if (papers === 0) return ['There is nothing new to post.', ...notes, ...after];
  if (already) return ['A digest was asked for here today already; one a day is posted.', ...after];
  const problems = await services.problems(call.channel);
  const posting =
    posted.nextTry === undefined
      ? [`Posting ${counted(papers, 'paper')} here now.`]
      : [`${counted(papers, 'paper')} will be posted after what waits here.`, ...waiting];
  return [...posting, ...soFar(refusal), ...problems, ...notes, ...after];
}

function whatWaits(
  { nextTry, refusal }: PostedNow,
  subscription: Subscription | undefined,
  now: Date,
): string {
  if (nextTry === undefined && refusal !== undefined)
    return 'I try again now to post what waits here.';
  if (nextTry === undefined) return 'I try now to post what waits here.';
  const moment = describeMoment(nextTry, subscription?.timezone ?? 'UTC', now);
  return `I try again ${moment} to post what waits here; /papers status says why.`;
}

function heldToo({ held }: PostedNow): string[] {
  return held === true ? [`A digest is held here. ${HELD_ADVICE}`] : [];
}

async function postHeld({ call, services }: CommandContext): Promise<string[]> {
  const posted = await services.postHeld(call.channel);
  return posted === undefined
    ? NOTHING_HELD
    : [
        `Posting what was held of ${describe(posted)}.`,
        ...soFar(posted.refusal),
        ...others(posted),
      ];
}

async function dropHeld({ call, services }: CommandContext): Promise<string[]> {
  const dropped = await services.dropHeld(call.channel);
  return dropped === undefined
    ? NOTHING_HELD
    : [`Left as it is: ${describe(dropped)}. I post nothing more of it.`, ...others(dropped)];
}

function soFar(refusal: string | undefined): string[] {
  return refusal === undefined ? [] : [`So far I could not post here: ${refusal}`];
}

const NOTHING_HELD = ['Nothing is held here. /papers status shows the last digests.'];

function describe({ localDate, pages }: HeldDigest): string {
  return `${dayAndMonth(localDate)}, ${counted(pages, 'message')}`;
}

function others({ left }: HeldDigest): string[] {
  const are = left === 1 ? 'is' : 'are';
  return left === 0
    ? []
    : [`${counted(left, 'older digest')} ${are} held here: /papers status shows them.`];
}

function nextOne(subscription: Subscription | undefined, now: Date): string[] {
  if (subscription === undefined) return [];
  const { nextDue, timezone } = subscription;
  return [`The next digest comes ${describeMoment(nextDue, timezone, now)}, as planned.`];
}
