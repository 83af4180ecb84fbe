import type { DateString, Instant } from '../paper.ts';
import type { Store } from './open.ts';

/** The votes of a listed paper at an earlier moment, and its newest. */
export interface Standing {
  readonly paper: string;
  readonly list: DateString;
  /** Undefined where none had been read by then. */
  readonly then?: number;
  readonly now: number;
}

/** How the papers of these lists that anybody votes on stood at `then`, and stand now. */
export async function standings(
  store: Store,
  lists: readonly DateString[],
  then: Instant,
): Promise<Standing[]> {
  if (lists.length === 0) return [];
  const rows = await store
    .selectFrom('listings')
    .innerJoin('papers', 'papers.id', 'listings.paper_id')
    .select((select) => [
      'listings.paper_id as paper',
      'listings.list_date as list',
      'papers.upvotes as now',
      select
        .selectFrom('vote_readings')
        .select('vote_readings.upvotes')
        .whereRef('vote_readings.paper_id', '=', 'listings.paper_id')
        .where('vote_readings.read_at', '<=', then)
        .orderBy('vote_readings.read_at', 'desc')
        .limit(1)
        .as('then'),
    ])
    .where('listings.list_date', 'in', lists)
    .where('papers.upvotes', 'is not', null)
    .execute();
  return rows.map(({ paper, list, now, then: votes }) => ({
    paper,
    list,
    now: now ?? 0,
    ...(votes !== null && { then: votes }),
  }));
}
