import { sql } from 'kysely';
import type { DateString } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** The newest list that a digest of the channel has drawn from. */
export async function lastListDate(store: Store, ref: ChannelRef): Promise<DateString | undefined> {
  const row = await store
    .selectFrom('digests')
    .select((select) => select.fn.max('list_date').as('date'))
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .executeTakeFirst();
  return row?.date ?? undefined;
}

/** Of these papers, those planned for the channel before, with the local day of their digest. */
export async function postedPapers(
  store: Store,
  ref: ChannelRef,
  papers: readonly string[],
): Promise<Map<string, DateString>> {
  if (papers.length === 0) return new Map();
  const rows = await store
    .selectFrom('posted_papers')
    .innerJoin('digests', 'digests.id', 'posted_papers.digest_id')
    .select(['posted_papers.paper_id', 'digests.local_date'])
    .where('posted_papers.platform', '=', ref.platform)
    .where('posted_papers.tenant', '=', ref.tenant)
    .where('posted_papers.channel', '=', ref.channel)
    .where('posted_papers.paper_id', 'in', papers)
    .execute();
  return new Map(rows.map((row) => [row.paper_id, row.local_date]));
}

export interface DigestSummary {
  readonly localDate: DateString;
  readonly sent: number;
  readonly planned: number;
  /** How many of its pages wait for somebody to say that they don't stand there yet; absent for none. */
  readonly held?: number;
  /** Set for a digest beside those of the schedule. */
  readonly asked?: true;
  /** Why a page is not posted (yet). */
  readonly problem?: string;
}

/** The channel's latest digests, newest first. */
export async function latestDigests(
  store: Store,
  ref: ChannelRef,
  limit: number,
): Promise<DigestSummary[]> {
  const rows = await store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select((select) => [
      'digests.local_date as localDate',
      select.fn.countAll<number>().as('planned'),
      select.fn.count<number>('deliveries.sent_at').as('sent'),
      select.fn.max('deliveries.reason').as('problem'),
      sql<number>`sum(deliveries.state = 'held')`.as('held'),
      'digests.occasion',
    ])
    .where('digests.platform', '=', ref.platform)
    .where('digests.tenant', '=', ref.tenant)
    .where('digests.channel', '=', ref.channel)
    .groupBy('digests.id')
    .orderBy('digests.local_date', 'desc')
    .orderBy('digests.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ problem, held, occasion, ...row }) => ({
    ...row,
    ...(held > 0 && { held }),
    ...(occasion === 'asked' && { asked: true }),
    ...(problem !== null && { problem }),
  }));
}
