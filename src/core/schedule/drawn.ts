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
 * What a digest has drawn: up to the newest list of which it saw papers, save that one which is still
 * open is drawn from again. A list that is not there is not done with, whatever the clock says; what
 * a source owes of one that is there comes late, so that nothing that was passed over comes again.
 */
export function drawnUpTo(
  { dates }: DigestContent,
  mode: Subscription['mode'],
  newest: NewestLists,
): Drawn {
  const { closed } = newest;
  const [latest] = dates;
  const listDate = latest !== undefined && latest > closed ? closed : latest;
  return { listDate, firstList: dates.at(-1) ?? newestOf(mode, newest) };
}
