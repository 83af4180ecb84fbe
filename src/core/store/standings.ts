import type { DateString, Instant } from '../paper.ts';
import type { Store } from './open.ts';

/** A list as it stood at a moment. */
export interface ListAt {
  readonly date: DateString;
  readonly at: Instant;
}

/** The votes of a listed paper at an earlier moment, and its newest. */
export interface Standing {
  readonly paper: string;
  /** Undefined where none had been read by then. */
  readonly then?: number;
  readonly now: number;
}

/** How the papers of a list that anybody votes on stood then, and stand now. */
export async function standings(store: Store, { date, at }: ListAt): Promise<Standing[]> {
  const rows = await store
    .selectFrom('listings')
    .innerJoin('papers', 'papers.id', 'listings.paper_id')
    .select((select) => [
      'listings.paper_id as paper',
      'papers.upvotes as now',
      select
        .selectFrom('vote_readings')
        .select('vote_readings.upvotes')
        .whereRef('vote_readings.paper_id', '=', 'listings.paper_id')
        .where('vote_readings.read_at', '<=', at)
        .orderBy('vote_readings.read_at', 'desc')
        .limit(1)
        .as('then'),
    ])
    .where('listings.list_date', '=', date)
    .where('papers.upvotes', 'is not', null)
    .execute();
  return rows.map(({ paper, now, then: votes }) => ({
    paper,
    now: now ?? 0,
    ...(votes !== null && { then: votes }),
  }));
}
