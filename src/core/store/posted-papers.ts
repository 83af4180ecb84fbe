import { sql } from 'kysely';
import type { DateString } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** A paper that the channel's digests don't show again. */
export interface ClaimedPaper {
  /** The local day of its digest. */
  readonly localDate: DateString;
  /** It was posted; else it waits for that, or nobody knows, or the service would not have it. */
  readonly stands: boolean;
}

/** Long ago it was forgotten which page stood: all that were forgotten did. */
const STANDS = sql<number>`NOT EXISTS (
    SELECT 1 FROM deliveries WHERE deliveries.digest_id = digests.id
  ) OR EXISTS (
    SELECT 1 FROM deliveries WHERE deliveries.digest_id = digests.id
      AND deliveries.state = 'sent'
      AND instr(deliveries.papers, '"' || posted_papers.paper_id || '"') > 0
  )`;

/**
 * Of these papers, those planned for the channel before; those of the digests that are left out are
 * free.
 */
export async function claimedPapers(
  store: Store,
  ref: ChannelRef,
  papers: readonly string[],
  without: readonly number[] = [],
): Promise<Map<string, ClaimedPaper>> {
  if (papers.length === 0) return new Map();
  const rows = await store
    .selectFrom('posted_papers')
    .innerJoin('digests', 'digests.id', 'posted_papers.digest_id')
    .select(['posted_papers.paper_id', 'digests.local_date', STANDS.as('stands')])
    .where('posted_papers.platform', '=', ref.platform)
    .where('posted_papers.tenant', '=', ref.tenant)
    .where('posted_papers.channel', '=', ref.channel)
    .where('posted_papers.paper_id', 'in', papers)
    .where('posted_papers.digest_id', 'not in', without)
    .execute();
  return new Map(
    rows.map(({ paper_id, local_date, stands }) => [
      paper_id,
      { localDate: local_date, stands: stands === 1 },
    ]),
  );
}

/** Of these papers, those that digests have posted in the channel, with the local day of each. */
export async function postedPapers(
  store: Store,
  ref: ChannelRef,
  papers: readonly string[],
): Promise<Map<string, DateString>> {
  const claimed = await claimedPapers(store, ref, papers);
  return new Map(
    [...claimed].flatMap(([id, { localDate, stands }]) => (stands ? [[id, localDate]] : [])),
  );
}
