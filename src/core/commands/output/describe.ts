import type { Layout, Mode, Subscription } from '../command.ts';
import { describeTopics } from '../input/topic-list.ts';
import { describeDays } from '../input/when.ts';
import { counted } from './reply.ts';

/** What is not the usual, for the middle of a sentence. */
const FROM: Readonly<Record<Mode, string>> = {
  settled: '',
  early: ', from the day’s list so far',
};
const IN: Readonly<Record<Layout, string>> = {
  thread: '',
  channel: ', each in a message of its own',
  compact: ', all in one message',
};

/** Where there is no subscription: true of a channel, and of direct messages. */
export const NO_DIGESTS = 'No digests come here. /papers subscribe starts them.';

/** A subscription in one sentence, without its next moment. */
export function describeSubscription(
  { count, at, timezone, days, topics, personal, layout, mode, silent }: Subscription,
  whoGets = personal === true ? 'You get' : 'This channel gets',
): string {
  const taste = personal === true ? ', by what you saved and liked' : '';
  const when = `${describeDays(days)} at ${at} (${timezone})`;
  const quiet = silent === true ? ', and no note on days without any' : '';
  const how = `${FROM[mode]}${IN[layout]}${describeTopics(topics)}${taste}${quiet}`;
  return `${whoGets} ${counted(count, 'paper')} ${when}${how}.`;
}
