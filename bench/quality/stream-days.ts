import type { Paper } from '../../src/core/paper.ts';

interface ReadingList {
  readonly topic: string;
  readonly papers: readonly { readonly id: string; readonly added: string }[];
}

/** One day of one list: whom to rank, and what the list took. Papers by their place in the archive. */
export interface StreamDay {
  readonly list: number;
  readonly topic: string;
  readonly date: string;
  /** The newest 100 papers of the list by then, oldest first. */
  readonly profile: readonly number[];
  readonly candidates: readonly number[];
  readonly taken: readonly boolean[];
}

const NEWEST = 100;
const LEAST_CANDIDATES = 8;
const MOST_TAKEN = 0.6;

/** Every day that is judged, as docs/ranking.md has it; profiles of any size, even none. */
export function streamDays(papers: readonly Paper[], lists: readonly ReadingList[]): StreamDay[] {
  const places = new Map(papers.map(({ id }, place) => [id, place]));
  const days = new Map<string, number[]>();
  for (const [place, { listDate = '' }] of papers.entries()) {
    days.set(listDate, [...(days.get(listDate) ?? []), place]);
  }
  return lists.flatMap(({ topic, papers: listed }, list) => {
    const known = listed.flatMap(({ id, added }) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ place, added }];
    });
    const all = new Set(known.map(({ place }) => place));
    return [...days].flatMap(([date, candidates]) => {
      const taken = candidates.map((place) => all.has(place));
      const count = taken.filter(Boolean).length;
      if (count === 0 || candidates.length < LEAST_CANDIDATES) return [];
      if (count > MOST_TAKEN * candidates.length) return [];
      const profile = known
        .filter(({ place, added }) => added <= date && papers[place]!.listDate! < date)
        .sort((a, b) => (a.added < b.added ? -1 : a.added > b.added ? 1 : a.place - b.place))
        .slice(-NEWEST)
        .map(({ place }) => place);
      return [{ list, topic, date, profile, candidates, taken }];
    });
  });
}

/** Papers of the days before a day: places go by date. */
export function placesBefore(papers: readonly Paper[], date: string): number {
  let low = 0;
  let high = papers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (papers[middle]!.listDate! < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type { ReadingList };
