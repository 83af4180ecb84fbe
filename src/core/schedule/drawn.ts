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

/** What a digest to which nothing is owed has drawn: a list that is still open is drawn from again. */
export function drawnUpTo({ dates }: DigestContent, { closed }: NewestLists): Drawn {
  const [newest] = dates;
  const listDate = newest === undefined || newest < closed ? newest : closed;
  return { listDate, firstList: dates.at(-1) };
}

/** What one to which a source owes some has drawn: nothing, so that the rest comes later. */
export function drawnInPart(
  { dates }: DigestContent,
  mode: Subscription['mode'],
  newest: NewestLists,
): Drawn {
  return { listDate: undefined, firstList: dates.at(-1) ?? newestOf(mode, newest) };
}
