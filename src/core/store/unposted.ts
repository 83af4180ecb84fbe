import { sql } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { DigestPlan } from './digests.ts';
import type { Store } from './open.ts';

/**
 * Frees the papers and lists of those of the channel's digests that were skipped whole before
 * anything of them can have been posted: as if they had never been planned, but for the note.
 */
export async function freeUnposted(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
  digests: readonly number[],
): Promise<void> {
  const rows = await store
    .selectFrom('deliveries')
    .select('digest_id')
    .where('digest_id', 'in', digests)
    .groupBy('digest_id')
    .having(sql<boolean>`sum(state <> 'skipped' OR attempted_at IS NOT NULL) = 0`)
    .execute();
  const ids = rows.map(({ digest_id }) => digest_id);
  await store
    .deleteFrom('posted_papers')
    .where(({ eb }) => eb.and({ platform, tenant, channel }))
    .where('digest_id', 'in', ids)
    .execute();
  await store.updateTable('digests').set({ list_date: null }).where('id', 'in', ids).execute();
}

/** A digest's row whose pages are to be written anew. */
export interface Retaken {
  readonly digest: number;
  /** Above those of its former pages, so that whoever still holds one of them can't claim a new one. */
  readonly fence: number;
}

/**
 * Empties the digest that was asked for on the same day, where it was freed; undefined where there is
 * none. A slot's is left alone: its day has been told what became of it.
 */
export async function retakeAsked(
  store: Store,
  { channel: { platform, tenant, channel }, localDate, occasion }: DigestPlan,
  now: Instant,
): Promise<Retaken | undefined> {
  if (occasion !== 'asked') return undefined;
  const row = await store
    .updateTable('digests')
    .set({ planned_at: now })
    .where(({ eb }) => eb.and({ platform, tenant, channel, occasion, local_date: localDate }))
    .where((where) => {
      const claims = where.selectFrom('posted_papers').select('paper_id');
      const ofChannel = claims.where(where.and({ platform, tenant, channel }));
      return where.not(where.exists(ofChannel.whereRef('digest_id', '=', 'digests.id')));
    })
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const former = await store
    .deleteFrom('deliveries')
    .where('digest_id', '=', row.id)
    .returning('fence')
    .execute();
  return { digest: row.id, fence: 1 + Math.max(0, ...former.map(({ fence }) => fence)) };
}
