import type { FieldOption, FormField } from '../../form.ts';
import type { Subscription } from '../command.ts';
import { countArg, DEFAULT_COUNT } from './count.ts';
import { writeTopics } from './topic-list.ts';
import { DEFAULT_AT, describeDays, weekdayOptions, WEEKDAYS } from './when.ts';

type Settings = Pick<
  Subscription,
  'at' | 'timezone' | 'days' | 'count' | 'topics' | 'layout' | 'mode' | 'silent'
>;

/** What a channel without a digest is offered. */
const USUAL = {
  at: DEFAULT_AT,
  timezone: 'UTC',
  days: WEEKDAYS,
  count: DEFAULT_COUNT,
  topics: [],
  layout: 'thread',
  mode: 'settled',
} as const satisfies Settings;

const LAYOUT_OPTIONS: readonly FieldOption[] = [
  { value: 'thread', label: 'An overview, the papers in its thread' },
  { value: 'channel', label: 'One message a paper' },
  { value: 'compact', label: 'All in one message' },
];

const MODE_OPTIONS: readonly FieldOption[] = [
  { value: 'settled', label: 'The newest list that is complete' },
  { value: 'early', label: 'Today’s list so far' },
];

const QUIET_OPTIONS: readonly FieldOption[] = [
  { value: 'note', label: 'A note says why, once' },
  { value: 'silent', label: 'Nothing is said' },
];

/** The arguments of `subscribe` as fields that hold what is in force; the zone is the reader's own at first. */
export function settingsFields(
  subscription: Subscription | undefined,
  ofReader: string | undefined,
): readonly FormField[] {
  const now = subscription ?? { ...USUAL, timezone: ofReader ?? USUAL.timezone };
  return [
    { kind: 'channel', name: 'channel', label: 'Channel', required: true },
    ...scheduleFields(now),
    ...contentFields(now),
  ];
}

function scheduleFields({ at, timezone, days }: Settings): FormField[] {
  return [
    { kind: 'time', name: 'at', label: 'Time of day', value: at, hint: '09:00', required: true },
    {
      kind: 'timezone',
      name: 'timezone',
      label: 'Time zone or city',
      value: timezone,
      hint: 'Europe/Berlin',
      required: true,
    },
    {
      kind: 'choices',
      name: 'days',
      label: 'Days',
      ...weekdayOptions(days),
      value: describeDays(days),
      hint: 'weekdays, or mon,thu',
      required: true,
    },
  ];
}

function contentFields({ count, topics, layout, mode, silent }: Settings): FormField[] {
  const { min, max } = countArg;
  return [
    {
      kind: 'integer',
      name: 'count',
      label: `Papers, ${min} to ${max}`,
      value: String(count),
      min,
      max,
      required: true,
    },
    {
      kind: 'text',
      name: 'topics',
      label: 'Topics to prefer, with commas',
      value: writeTopics(topics) || 'none',
      hint: 'agents, author:"Jane Doe", org:Google, or none',
      required: true,
    },
    choice('layout', 'Layout', LAYOUT_OPTIONS, layout),
    choice('mode', 'Papers from', MODE_OPTIONS, mode),
    choice('quiet', 'On a day without papers', QUIET_OPTIONS, silent ? 'silent' : 'note'),
  ];
}

function choice(
  name: string,
  label: string,
  options: readonly FieldOption[],
  value: string,
): FormField {
  return { kind: 'choice', name, label, options, value, required: true };
}
