import { enteredTop, type SelectOptions } from '../digest/index.ts';
import type { Store } from '../store/open.ts';
import { papersOfLists } from '../store/papers.ts';
import { standings } from '../store/standings.ts';

/**
 * Reads the papers of each set of lists once, and which entered the top of each list, for as long as
 * the returned functions live. The moment counts by the hour, so that channels planned in the same
 * minute share it.
 */
export function readOnce(store: Store): Pick<SelectOptions, 'listed' | 'entered'> {
  const entered = once(async ([date, hour]: readonly [string, string]) =>
    enteredTop(await standings(store, { date, at: `${hour}:59:59.999Z` })),
  );
  return {
    listed: once((dates) => papersOfLists(store, dates)),
    entered: ({ date, at }) => entered([date, at.slice(0, 'YYYY-MM-DDTHH'.length)]),
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
