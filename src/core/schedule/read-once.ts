import { enteredTop, type SelectOptions } from '../digest/index.ts';
import type { DateString, Instant } from '../paper.ts';
import type { Store } from '../store/open.ts';
import { papersOfLists } from '../store/papers.ts';
import { standings } from '../store/standings.ts';

/**
 * Reads the papers of each set of lists once, and which entered the top of a list since a moment, for
 * as long as the returned functions live: channels that were planned together share the moment.
 */
export function readOnce(store: Store): Pick<SelectOptions, 'listed' | 'entered'> {
  const entered = once(async ([date, at]: readonly [DateString, Instant]) =>
    enteredTop(await standings(store, { date, at })),
  );
  return {
    listed: once((dates) => papersOfLists(store, dates)),
    entered: ({ date, at }) => entered([date, at]),
  };
}

function once<Result, Key extends readonly string[]>(
  read: (key: Key) => Promise<Result>,
): (key: Key) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (key) => {
    const name = key.join();
    const result = known.get(name) ?? read(key);
    known.set(name, result);
    return result;
  };
}
