import type { Block } from '../message.ts';
import { describeMoment } from '../moment.ts';
import {
  defineCommand,
  LAYOUTS,
  MODES,
  QUIET_DAYS,
  type CommandContext,
  type Subscription,
  type SubscriptionWish,
} from './command.ts';
import { countArg, DEFAULT_COUNT, isCount } from './input/count.ts';
import { FILLER } from './input/filler.ts';
import { readBy } from './input/fits.ts';
import { isTime, readTime, readTimezone } from './input/own-field.ts';
import { describeSubscription } from './output/describe.ts';
import { notice, publicReply } from './output/reply.ts';
import { suggestTopicList, suggestZones } from './input/suggestions.ts';
import { insteadOfTopic } from './input/stray.ts';
import { parseTopics } from './input/topic-list.ts';
import {
  DEFAULT_AT,
  isLikeDays,
  isLikeTime,
  parseDays,
  trustDays,
  WEEKDAYS,
} from './input/when.ts';
import { isLikeZone, isZoneName, trustZone } from './input/zone.ts';

export const subscribe = defineCommand({
  name: 'subscribe',
  summary: 'Post a digest in this channel regularly, or change when and what',
  manages: true,
  args: [
    {
      name: 'at',
      summary: 'time of day: 09:00, 9am',
      kind: 'text',
      required: false,
      aliases: ['time'],
      claims: isLikeTime,
      fits: isTime,
      check: readTime,
    },
    {
      name: 'timezone',
      summary: 'a city or time zone: Berlin, Europe/Berlin, UTC',
      kind: 'text',
      required: false,
      suggest: suggestZones,
      aliases: ['tz', 'zone'],
      claims: isLikeZone,
      trust: trustZone,
      fits: isZoneName,
      check: readTimezone,
    },
    {
      name: 'days',
      summary: 'daily, weekdays, weekends, mon,thu or mon-fri',
      kind: 'text',
      required: false,
      aliases: ['day'],
      claims: isLikeDays,
      trust: trustDays,
      ...readBy(parseDays),
    },
    { ...countArg, fits: isCount },
    {
      name: 'topics',
      summary: 'what to prefer, separated by commas, or none',
      kind: 'text',
      required: false,
      rest: true,
      list: true,
      filler: FILLER,
      instead: insteadOfTopic,
      aliases: ['topic'],
      suggest: suggestTopicList,
      check: parseTopics,
    },
    {
      name: 'layout',
      summary: 'papers in a thread, one message each in the channel, or all in one compact message',
      kind: 'text',
      required: false,
      choices: LAYOUTS,
      trust: (word) => (isNoun(word) ? 'doubtful' : 'after'),
    },
    {
      name: 'mode',
      summary: 'settled (the newest closed list, the usual) or early (today’s list so far)',
      kind: 'text',
      required: false,
      choices: MODES,
      trust: () => 'after',
    },
    {
      name: 'quiet',
      summary: 'a day without papers: note (says why, once; the usual) or silent',
      kind: 'text',
      required: false,
      choices: QUIET_DAYS,
      trust: (word) => (isNoun(word) ? 'doubtful' : 'after'),
    },
  ],
  example: 'subscribe 9am Berlin weekdays 5 agents, video generation',
  async run(args, context) {
    const { call, now, services } = context;
    const before = await services.subscription(call.channel);
    const inForce = await services.subscribe(toWish(args, before, context));
    const first = before === undefined ? 'first' : 'next';
    const moment = describeMoment(inForce.nextDue, inForce.timezone, now);
    const problems = await services.problems(call.channel);
    const isZoneGuessed = (before ?? args.timezone ?? call.timezone) === undefined;
    const said = notice(
      describeSubscription(inForce),
      `The ${first} digest comes ${moment}.`,
      ...problems,
      ...(isZoneGuessed ? [OWN_ZONE] : []),
    );
    return publicReply(before === undefined ? { ...said, blocks: [...said.blocks, NOW] } : said);
  },
});

/** Discord tells nobody's time zone. */
const OWN_ZONE =
  'That is in UTC: /papers subscribe Berlin, or another city, makes it your own time.';

/** Offered with a first subscription: nobody should have to wait to see what they get. */
const NOW: Block = {
  type: 'actions',
  buttons: [{ label: 'Post one now', command: 'post', args: {} }],
};

/** What a topic may end with, as in `side channel`; none ends with `early` or `compact`. */
function isNoun(choice: string): boolean {
  return /^(?:channel|note|thread)$/i.test(choice);
}

interface Wanted {
  readonly at: string | undefined;
  readonly timezone: string | undefined;
  readonly days: string | undefined;
  readonly count: number | undefined;
  readonly topics: string | undefined;
  readonly layout: string | undefined;
  readonly mode: string | undefined;
  readonly quiet: string | undefined;
}

/** What is not asked for stays as it was, or as it usually is. */
function toWish(
  wanted: Wanted,
  before: Subscription | undefined,
  { call }: CommandContext,
): SubscriptionWish {
  const isPersonal = call.direct ?? before?.personal === true;
  const isSilent = wanted.quiet === undefined ? before?.silent === true : wanted.quiet === 'silent';
  return {
    channel: call.channel,
    reader: call.reader,
    at: given(wanted.at, readTime) ?? before?.at ?? DEFAULT_AT,
    timezone: given(wanted.timezone, readTimezone) ?? usualTimezone(call.timezone, before),
    days: given(wanted.days, parseDays) ?? before?.days ?? WEEKDAYS,
    count: wanted.count ?? before?.count ?? DEFAULT_COUNT,
    topics: given(wanted.topics, parseTopics) ?? before?.topics ?? [],
    muted: before?.muted ?? [],
    mode: MODES.find((mode) => mode === wanted.mode) ?? before?.mode ?? 'settled',
    layout: LAYOUTS.find((layout) => layout === wanted.layout) ?? before?.layout ?? 'thread',
    ...(isPersonal && { personal: true }),
    ...(isSilent && { silent: true }),
  };
}

function given<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

/**
 * A channel that has a zone keeps it, since its manager chose it; the caller's own only starts one.
 */
function usualTimezone(ofReader: string | undefined, before: Subscription | undefined): string {
  return before?.timezone ?? ofReader ?? 'UTC';
}
