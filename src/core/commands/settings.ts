import type { Form } from '../message.ts';
import { describeMoment } from '../moment.ts';
import { defineCommand, type CommandContext, type Subscription } from './command.ts';
import { DEFAULT_COUNT } from './input/count.ts';
import { DEFAULT_AT } from './input/when.ts';
import { describeSubscription } from './output/describe.ts';
import { notice, privateReply } from './output/reply.ts';
import { describeDays, WEEKDAYS } from './input/when.ts';

export const settings = defineCommand({
  name: 'settings',
  summary: 'See and change this channel’s digest in a form',
  manages: true,
  private: true,
  args: [],
  example: 'settings',
  async run(_args, context) {
    const { call, services } = context;
    const subscription = await services.subscription(call.channel);
    return {
      ...privateReply(describe(subscription, context)),
      form: toForm(subscription, context),
    };
  },
});

function describe(subscription: Subscription | undefined, { now }: CommandContext) {
  if (subscription === undefined) {
    return notice('This channel gets no digests. /papers subscribe starts them.');
  }
  return notice(
    describeSubscription(subscription),
    `The next digest comes ${describeMoment(subscription.nextDue, subscription.timezone, now)}.`,
    'To change it, write /papers subscribe and what shall be different.',
  );
}

function toForm(subscription: Subscription | undefined, { call }: CommandContext): Form {
  const now = subscription ?? {
    at: DEFAULT_AT,
    timezone: call.timezone ?? 'UTC',
    days: WEEKDAYS,
    count: DEFAULT_COUNT,
    topics: [],
  };
  return {
    title: 'Digest of this channel',
    command: 'subscribe',
    submit: subscription === undefined ? 'Subscribe' : 'Save',
    fields: [
      { name: 'at', label: 'Time of day', value: now.at, hint: '09:00', required: true },
      {
        name: 'timezone',
        label: 'Time zone or city',
        value: now.timezone,
        hint: 'Europe/Berlin',
        required: true,
      },
      {
        name: 'days',
        label: 'Days',
        value: describeDays(now.days),
        hint: 'weekdays, or mon,thu',
        required: true,
      },
      { name: 'count', label: 'Papers, 1 to 20', value: String(now.count), required: true },
      {
        name: 'topics',
        label: 'Topics to prefer, with commas',
        value: now.topics.join(', ') || 'none',
        hint: 'agents, author:"Jane Doe", org:Google, or none',
        required: true,
      },
    ],
  };
}
