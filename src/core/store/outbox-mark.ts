import type { Instant } from '../paper.ts';
import { IS_OPEN } from './deliveries.ts';
import type { Store } from './open.ts';

/**
 * How far the outbox has got. It is kept in the database and in a file beside it, which no restored
 * backup changes: a database that is behind its own file was restored.
 */
export interface OutboxMark {
  /** Names the database and its copies. */
  readonly database: string;
  /** How many pages were ever claimed, and so perhaps posted. */
  readonly claims: number;
  /** When the last of them was; absent before the first. */
  readonly claimedAt?: Instant;
}

/** The mark in the database. */
export async function readMark(store: Store): Promise<OutboxMark> {
  const row = await store.selectFrom('outbox_mark').selectAll().executeTakeFirstOrThrow();
  const { database, claims, claimed_at } = row;
  return { database, claims, ...(claimed_at !== null && { claimedAt: claimed_at }) };
}

/** Counts one more claim: in the transaction that makes it, so that no backup has one alone. */
export async function countClaim(store: Store, now: Instant): Promise<OutboxMark> {
  const { database, claims } = await store
    .updateTable('outbox_mark')
    .set((set) => ({ claims: set('claims', '+', 1), claimed_at: now }))
    .returning(['database', 'claims'])
    .executeTakeFirstOrThrow();
  return { database, claims, claimedAt: now };
}

/** Until when slots may have been posted by the database that this one's backup replaced. */
export async function heldUntil(store: Store): Promise<Instant | undefined> {
  const row = await store.selectFrom('outbox_mark').select('held_until').executeTakeFirst();
  return row?.held_until ?? undefined;
}

/**
 * Takes the database for a restored backup, whose outbox may in truth have got to `until` and
 * `claims`: pages that it believes open may stand already, so they are looked for before they are
 * posted, and slots up to then are held. Returns the mark that is now in force.
 */
export function markRestored(
  store: Store,
  { claims, until }: { readonly claims: number; readonly until: Instant },
): Promise<OutboxMark> {
  return store.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('deliveries')
      .set((set) => ({
        state: 'unknown',
        lease_until: null,
        attempted_at: set.fn.coalesce(
          'attempted_at',
          set
            .selectFrom('digests')
            .select('planned_at')
            .whereRef('digests.id', '=', 'deliveries.digest_id')
            .$asScalar()
            .$castTo<string>(),
        ),
      }))
      .where(IS_OPEN)
      .execute();
    const { database } = await transaction
      .updateTable('outbox_mark')
      .set({ claims: claims + 1, claimed_at: until, held_until: until })
      .returning('database')
      .executeTakeFirstOrThrow();
    return { database, claims: claims + 1, claimedAt: until };
  });
}
