import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { Store } from './open.ts';

/** Pages of one call, so that nothing waits for it; in a day's ticks far more than a day's digests. */
const MOST = 200;

const IS_CLOSED = sql<SqlBool>`deliveries.state IN ('sent', 'blocked', 'skipped')`;

/**
 * Forgets what the closed pages of digests planned before then said: it stands in the channel, and
 * is no longer edited, even where its votes were still to be refreshed. The oldest first, and at
 * most 200.
 */
export async function forgetMessages(store: Store, before: Instant): Promise<void> {
  const closed = selectClosed(store, await newestBefore(store, before));
  const said = await closed.where(sql<SqlBool>`deliveries.message <> ''`).execute();
  if (said.length === 0) return;
  await store
    .updateTable('deliveries')
    .set({ message: '', refresh_at: null })
    .where('digest_id', 'in', idsOf(said))
    .where(IS_CLOSED)
    .execute();
}

/**
 * Deletes the closed pages of digests planned before then, the oldest first and at most 200. Their
 * digests and papers stay: no day gets two, and no paper comes twice.
 */
export async function forgetPages(store: Store, before: Instant): Promise<void> {
  const closed = await selectClosed(store, await newestBefore(store, before)).execute();
  if (closed.length === 0) return;
  await store
    .deleteFrom('deliveries')
    .where('digest_id', 'in', idsOf(closed))
    .where(IS_CLOSED)
    .execute();
}

function selectClosed(store: Store, newest: number) {
  return store
    .selectFrom('deliveries')
    .select('digest_id')
    .where('digest_id', '<=', newest)
    .where(IS_CLOSED)
    .orderBy('digest_id')
    .limit(MOST);
}

/** The newest digest that was planned before then; 0 for none. Ids grow as time does. */
async function newestBefore(store: Store, before: Instant): Promise<number> {
  const row = await store
    .selectFrom('digests')
    .select('id')
    .where('planned_at', '<', before)
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? 0;
}

function idsOf(rows: readonly { readonly digest_id: number }[]): number[] {
  return [...new Set(rows.map(({ digest_id }) => digest_id))];
}
