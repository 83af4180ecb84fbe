import { isContentRefusal } from './errors.ts';
import { renderWords, withoutPictures, type Rendered } from './render.ts';

/**
 * The ways to show something, best first: as it is meant; without its pictures, any of which Slack
 * may fail to fetch; and as words alone, for a rule of Slack's that we don't know.
 */
function waysToShow(shown: Rendered): Rendered[] {
  const bare = withoutPictures(shown.blocks);
  return [
    shown,
    ...(bare === shown.blocks ? [] : [{ ...shown, blocks: bare }]),
    ...(shown.blocks.length === 0 ? [] : [renderWords(shown)]),
  ];
}

/** Shows it in the best way that Slack takes. Rejects as `show` does. */
export function showSomehow<Result>(
  shown: Rendered,
  show: (way: Rendered) => Promise<Result>,
): Promise<Result> {
  return firstTaken(waysToShow(shown), show);
}

/** The result of the first way whose content Slack does not refuse. Rejects as `show` does. */
export async function firstTaken<Way, Result>(
  ways: readonly Way[],
  show: (way: Way) => Promise<Result>,
): Promise<Result> {
  const [way, ...others] = ways;
  if (way === undefined) throw new RangeError('There is no way to show it');
  try {
    return await show(way);
  } catch (error) {
    if (others.length === 0 || !isContentRefusal(error)) throw error;
    return firstTaken(others, show);
  }
}
