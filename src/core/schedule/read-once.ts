import type { SelectOptions } from '../digest/index.ts';
import type { Store } from '../store/open.ts';
import { papersOfLists } from '../store/papers.ts';
import { standings } from '../store/standings.ts';

/**
 * Reads the papers of each set of lists once, and how they stood, for as long as the returned
 * functions live. The moment counts by the hour, so that channels planned in the same minute share it.
 */
export function readOnce(store: Store): Pick<SelectOptions, 'listed' | 'standings'> {
  return {
    listed: once((dates) => papersOfLists(store, dates)),
    standings: once((dates, then) => standings(store, dates, `${then.slice(0, HOUR)}:59:59.999Z`)),
  };
}

const HOUR = 'YYYY-MM-DDTHH'.length;

function once<Result>(
  read: (dates: readonly string[], then: string) => Promise<Result>,
): (dates: readonly string[], then?: string) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (dates, then = '') => {
    const key = [...dates, then.slice(0, HOUR)].join();
    const result = known.get(key) ?? read(dates, then);
    known.set(key, result);
    return result;
  };
}
