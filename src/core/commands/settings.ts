import type { Form } from '../form.ts';
import { defineCommand, type CommandContext, type Subscription } from './command.ts';
import { settingsFields } from './input/settings-fields.ts';
import { describeMoment, describeSubscription } from './output/describe.ts';
import { notice, privateReply } from './output/reply.ts';

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
  return {
    title: 'Digest of this channel',
    command: 'subscribe',
    submit: subscription === undefined ? 'Subscribe' : 'Save',
    fields: settingsFields(subscription, call.timezone),
  };
}
