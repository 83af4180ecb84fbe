import { dayAndMonth } from '../compose.ts';
import type { DateString, Instant } from '../paper.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { Standing } from '../store/standings.ts';
import { selectDigest, type DigestWish, type SelectOptions } from './select.ts';

/** What a list's top is: few enough that entering it is news. */
const TOP = 3;

/** So many come with one digest: it is still about the new papers. */
const MOST = 2;

/** A paper that has entered its list's top since. */
export interface Bloomer {
  readonly paper: string;
  readonly list: DateString;
}

/**
 * The papers that have entered the top of their list since a digest was drawn from it and were not
 * posted, ranked for the channel, each labelled as what it is.
 */
export async function lateBloomers(
  options: SelectOptions,
  wish: Omit<DigestWish, 'count'>,
  since: Instant,
): Promise<Ranked[]> {
  const found = entered(await options.standings(wish.dates, since));
  if (found.length === 0) return [];
  const lists = new Map(found.map(({ paper, list }) => [paper, list]));
  const listed: SelectOptions['listed'] = async (dates) =>
    (await options.listed(dates)).filter(({ paper }) => lists.has(paper.id));
  const { ranked } = await selectDigest({ ...options, listed }, { ...wish, count: MOST });
  return ranked.map((each) => {
    const day = dayAndMonth(lists.get(each.paper.id) ?? '');
    return { ...each, why: `late bloomer: in the top ${TOP} of ${day} by now` };
  });
}

/** Those that stand in their list's top now, and did not then. Lists unread by then are left out. */
export function entered(standings: readonly Standing[]): Bloomer[] {
  const dates = [...new Set(standings.map(({ list }) => list))];
  return dates.flatMap((date) => {
    const list = standings.filter((each) => each.list === date);
    if (list.every(({ then }) => then === undefined)) return [];
    const now = list.map((each) => each.now);
    const then = list.map((each) => each.then ?? -1);
    return list.filter(
      (each) => isTop(each.now, now) && each.now > 0 && !isTop(each.then ?? -1, then),
    );
  });
}

function isTop(votes: number, all: readonly number[]): boolean {
  return all.filter((other) => other > votes).length < TOP;
}
