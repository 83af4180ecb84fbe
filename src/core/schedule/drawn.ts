import type { SourceState, Subscription } from '../commands/command.ts';
import { isTroubled, type DigestContent } from '../digest/index.ts';
import type { DigestPlan } from '../store/digests.ts';
import { newestOf, type NewestLists } from './lists.ts';

/** The lists that a channel is done with once it has a digest. */
export type Drawn = Pick<DigestPlan, 'listDate' | 'firstList'>;

/** Whether a source may still owe some of what a digest draws from: late papers come next time. */
export function mayBeOwed(states: readonly SourceState[], { closed }: NewestLists): boolean {
  return states.some(
    (state) => isTroubled(state) || (state.missing !== undefined && state.missing <= closed),
  );
}

/**
 * What a digest has drawn: a list that is still open is drawn from again. Papers that a source owes
 * come as late ones, so that what was passed over once does not compete with them.
 */
export function drawnUpTo(
  { dates }: DigestContent,
  mode: Subscription['mode'],
  newest: NewestLists,
): Drawn {
  const { closed } = newest;
  const [latest = closed] = dates;
  const listDate = latest < closed ? latest : closed;
  return { listDate, firstList: dates.at(-1) ?? newestOf(mode, newest) };
}
