import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** A channel that refuses the bot. */
export interface Circuit {
  /** For people: what is missing and where to grant it. */
  readonly reason: string;
  readonly openedAt: Instant;
  readonly failures: number;
  /** When one page is tried again. */
  readonly probeAt: Instant;
  /** The channel itself takes messages: the threads of its digests don't. */
  readonly threadsOnly?: boolean;
}

export async function findCircuit(store: Store, ref: ChannelRef): Promise<Circuit | undefined> {
  const row = await store
    .selectFrom('circuits')
    .selectAll()
    .where(({ eb }) => eb.and(toKey(ref)))
    .executeTakeFirst();
  return (
    row && {
      reason: row.reason,
      openedAt: row.opened_at,
      failures: row.failures,
      probeAt: row.probe_at,
      threadsOnly: row.threads_only === 1,
    }
  );
}

/** Of pages and their digests, those whose channel, or its threads, took what was last tried there. */
export const IS_TAKEN = notRefused(sql``);

/** Those, and the ones that may be tried again by now. */
export function mayBeTried(now: Instant): RawBuilder<SqlBool> {
  return notRefused(sql`AND circuits.probe_at > ${now}`);
}

function notRefused(andStill: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`NOT EXISTS (
    SELECT 1 FROM circuits WHERE circuits.platform = digests.platform
      AND circuits.tenant = digests.tenant AND circuits.channel = digests.channel
      AND (circuits.threads_only = 0 OR deliveries.in_thread = 1) ${andStill}
  )`;
}

/** What the manager was told still holds. */
const SAME = sql`circuits.reason = excluded.reason AND circuits.threads_only = excluded.threads_only`;

/**
 * Opens the circuit, or keeps it open for longer; when it was first opened stays. Its manager is
 * to be told anew where it refuses for another reason, or refuses something else.
 */
export async function putCircuit(store: Store, ref: ChannelRef, circuit: Circuit): Promise<void> {
  const { reason, openedAt, failures, probeAt, threadsOnly = false } = circuit;
  const changing = { reason, failures, probe_at: probeAt, threads_only: threadsOnly ? 1 : 0 };
  await store
    .insertInto('circuits')
    .values({ ...toKey(ref), ...changing, opened_at: openedAt })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'tenant', 'channel'])
        .doUpdateSet({ ...changing, told_at: sql`CASE WHEN ${SAME} THEN circuits.told_at END` }),
    )
    .execute();
}

/** Lets the next page be tried at once, where the circuit is open. */
export async function probeNow(store: Store, ref: ChannelRef, now: Instant): Promise<void> {
  await store
    .updateTable('circuits')
    .set({ probe_at: now })
    .where(({ eb }) => eb.and(toKey(ref)))
    .execute();
}

/**
 * Closes the circuit, since a message was posted; one outside of threads says nothing of those. True
 * when it was open.
 */
export async function closeCircuit(
  store: Store,
  ref: ChannelRef,
  { inThread }: { readonly inThread: boolean },
): Promise<boolean> {
  const result = await store
    .deleteFrom('circuits')
    .where(({ eb }) => eb.and(toKey(ref)))
    .where('threads_only', '<=', inThread ? 1 : 0)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

function toKey({ platform, tenant, channel }: ChannelRef): ChannelRef {
  return { platform, tenant, channel };
}
