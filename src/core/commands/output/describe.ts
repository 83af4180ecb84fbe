import type { Subscription } from '../command.ts';
import { describeTopics } from '../input/topic-list.ts';
import { describeDays } from '../input/when.ts';
import { counted } from './reply.ts';

/** A subscription in one sentence, without its next moment. */
export function describeSubscription(
  { count, at, timezone, days, topics, personal }: Subscription,
  whoGets = 'This channel gets',
): string {
  const taste = personal === true ? ', by what you saved and liked' : '';
  const when = `${describeDays(days)} at ${at} (${timezone})`;
  return `${whoGets} ${counted(count, 'paper')} ${when}${describeTopics(topics)}${taste}.`;
}
