import { dayAndMonth } from '../compose.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { ListAt, Standing } from '../store/standings.ts';
import { selectDigest, type DigestWish, type SelectOptions } from './select.ts';

/** What a list's top is: few enough that entering it is news. */
const TOP = 3;

/** So many come with one digest: it is still about the new papers. */
const MOST = 2;

/**
 * The papers that have entered the top of their list since a digest first drew from it and were not
 * posted, ranked for the channel, each labelled as what it is.
 */
export async function lateBloomers(
  options: SelectOptions,
  wish: Omit<DigestWish, 'count' | 'dates'>,
  drawn: readonly ListAt[],
): Promise<Ranked[]> {
  const found = await Promise.all(
    drawn.map(async (list) =>
      (await options.entered(list)).map((paper) => [paper, list.date] as const),
    ),
  );
  const lists = new Map(found.flat());
  if (lists.size === 0) return [];
  const listed: SelectOptions['listed'] = async (dates) =>
    (await options.listed(dates)).filter(({ paper }) => lists.has(paper.id));
  const dates = drawn.map(({ date }) => date);
  const { ranked } = await selectDigest({ ...options, listed }, { ...wish, dates, count: MOST });
  return ranked.map((each) => {
    const day = dayAndMonth(lists.get(each.paper.id) ?? '');
    return { ...each, why: `late bloomer: in the top ${TOP} of ${day} by now` };
  });
}

/** Those that stand in their list's top now, and did not then; none where it was unread by then. */
export function enteredTop(list: readonly Standing[]): string[] {
  if (list.every(({ then }) => then === undefined)) return [];
  const now = list.map((each) => each.now);
  const then = list.map((each) => each.then ?? -1);
  return list
    .filter((each) => isTop(each.now, now) && each.now > 0 && !isTop(each.then ?? -1, then))
    .map(({ paper }) => paper);
}

function isTop(votes: number, all: readonly number[]): boolean {
  return all.filter((other) => other > votes).length < TOP;
}
