import { UserError } from '../errors.ts';
import {
  defineCommand,
  LAYOUTS,
  MODES,
  type CommandContext,
  type Subscription,
  type SubscriptionWish,
} from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { describeMoment, describeSubscription } from './output/describe.ts';
import { notice, publicReply } from './output/reply.ts';
import { suggestTopicList, suggestZones } from './input/suggestions.ts';
import { parseTopics } from './input/topic-list.ts';
import { DEFAULT_AT, parseDays, parseTime, WEEKDAYS } from './input/when.ts';
import { parseTimezone } from './input/zone.ts';

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
      check: parseTime,
    },
    {
      name: 'timezone',
      summary: 'a city or time zone: Berlin, Europe/Berlin, UTC',
      kind: 'text',
      required: false,
      suggest: suggestZones,
      check: parseTimezone,
    },
    {
      name: 'days',
      summary: 'daily, weekdays, weekends, mon,thu or mon-fri',
      kind: 'text',
      required: false,
      check: parseDays,
    },
    countArg,
    {
      name: 'topics',
      summary: 'what to prefer, separated by commas, or none',
      kind: 'text',
      required: false,
      rest: true,
      suggest: suggestTopicList,
      check: parseTopics,
    },
    {
      name: 'layout',
      summary: 'papers in a thread, one message each in the channel, or all in one compact message',
      kind: 'text',
      required: false,
      choices: LAYOUTS,
    },
    {
      name: 'mode',
      summary: 'settled (the newest closed list, the usual) or early (today’s list so far)',
      kind: 'text',
      required: false,
      choices: MODES,
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
    return publicReply(
      notice(describeSubscription(inForce), `The ${first} digest comes ${moment}.`, ...problems),
    );
  },
});

interface Wanted {
  readonly at: string | undefined;
  readonly timezone: string | undefined;
  readonly days: string | undefined;
  readonly count: number | undefined;
  readonly topics: string | undefined;
  readonly layout: string | undefined;
  readonly mode: string | undefined;
}

/** What is not asked for stays as it was, or as it usually is. */
function toWish(
  wanted: Wanted,
  before: Subscription | undefined,
  { call }: CommandContext,
): SubscriptionWish {
  return {
    channel: call.channel,
    reader: call.reader,
    at: given(wanted.at, parseTime) ?? before?.at ?? DEFAULT_AT,
    timezone:
      given(wanted.timezone, (text) => readTimezone(text, wanted.at)) ??
      usualTimezone(call.timezone, before),
    days: given(wanted.days, parseDays) ?? before?.days ?? WEEKDAYS,
    count: wanted.count ?? before?.count ?? DEFAULT_COUNT,
    topics: given(wanted.topics, parseTopics) ?? before?.topics ?? [],
    muted: before?.muted ?? [],
    mode: MODES.find((mode) => mode === wanted.mode) ?? before?.mode ?? 'settled',
    layout: LAYOUTS.find((layout) => layout === wanted.layout) ?? before?.layout ?? 'thread',
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

/** Arguments in their order put here what stands in another place: `9 pm`, `9am weekdays`. */
function readTimezone(text: string, at = ''): string {
  if (/^[ap]\.?m\.?$/i.test(text)) {
    throw new UserError(`Write the time in one word: ${at}${text.replaceAll('.', '')}.`);
  }
  try {
    return parseTimezone(text);
  } catch (error) {
    if (!isDays(text)) throw error;
    throw new UserError(`${text} are days, not a time zone. Write days:${text} instead.`);
  }
}

function isDays(text: string): boolean {
  try {
    return parseDays(text).length > 0;
  } catch {
    return false; // The question is only whether it parses.
  }
}
