import type { Form } from '../form.ts';
import { describeMoment } from '../moment.ts';
import { defineCommand, type CommandContext, type Subscription } from './command.ts';
import { settingsFields } from './input/settings-fields.ts';
import { describeSubscription, NO_DIGESTS } from './output/describe.ts';
import { notice, privateReply, publicReply } from './output/reply.ts';

export const settings = defineCommand({
  name: 'settings',
  summary: 'See and change this channel’s digest in a form',
  manages: true,
  private: true,
  args: [
    {
      name: 'links',
      summary: 'whether links to papers that people paste here are shown as cards: on, off',
      kind: 'text',
      required: false,
      choices: ['on', 'off'],
      links: true,
    },
  ],
  example: 'settings',
  async run({ links }, context) {
    const { call, services } = context;
    if (links !== undefined) {
      await services.setLinks(call.channel, links === 'on');
      return publicReply(notice(LINKS_NOW[links === 'on' ? 'on' : 'off']));
    }
    const subscription = await services.subscription(call.channel);
    return {
      ...privateReply(describe(subscription, context)),
      form: toForm(subscription, context),
    };
  },
});

const LINKS_NOW = {
  on: 'Links to papers that are pasted here are shown as cards. /papers settings links:off ends that.',
  off: 'Links to papers stay as they are here. /papers settings links:on shows them as cards again.',
} as const;

function describe(subscription: Subscription | undefined, { now }: CommandContext) {
  if (subscription === undefined) {
    return notice(NO_DIGESTS);
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
