import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** The first wait after a plan that failed; it doubles each time, up to an hour. */
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

/** A channel whose digest could not be planned. */
export interface PlanFailure {
  readonly channel: ChannelRef;
  /** What went wrong, for whoever runs Paperboy. */
  readonly reason: string;
  readonly since: Instant;
  readonly retryAt: Instant;
}

/** Notes that a channel's digest could not be planned, and when it is tried again. */
export async function notePlanFailure(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
  reason: string,
  now: Date,
): Promise<void> {
  const key = { platform, tenant, channel };
  const row = await store
    .updateTable('subscriptions')
    .set((set) => ({
      plan_failures: set('plan_failures', '+', 1),
      plan_failure: reason,
      plan_failed_at: set.fn.coalesce('plan_failed_at', set.val(now.toISOString())),
    }))
    .where(({ eb }) => eb.and(key))
    .returning('plan_failures')
    .executeTakeFirst();
  const wait = Math.min(FIRST_RETRY_MS * 2 ** ((row?.plan_failures ?? 1) - 1), LONGEST_RETRY_MS);
  await store
    .updateTable('subscriptions')
    .set({ plan_retry_at: new Date(now.getTime() + wait).toISOString() })
    .where(({ eb }) => eb.and(key))
    .execute();
}

/** Whether no wait after a failure is in force; a longer one than any was set by a wrong clock. */
export function mayPlan(now: Instant): RawBuilder<SqlBool> {
  const longest = new Date(Date.parse(now) + LONGEST_RETRY_MS).toISOString();
  return sql<SqlBool>`(plan_retry_at IS NULL OR plan_retry_at <= ${now} OR plan_retry_at > ${longest})`;
}

/** The channels whose digests can't be planned, the oldest first; of one place where it is named. */
export async function planFailures(
  store: Store,
  { most, of = {} }: { readonly most: number; readonly of?: Partial<ChannelRef> },
): Promise<PlanFailure[]> {
  const rows = await store
    .selectFrom('subscriptions')
    .select(['platform', 'tenant', 'channel', 'plan_failure as reason'])
    .select(['plan_failed_at as since', 'plan_retry_at as retryAt'])
    .where('plan_failures', '>', 0)
    .where(({ eb }) => eb.and(of))
    .orderBy('plan_failed_at')
    .limit(most)
    .execute();
  return rows.map(({ reason, since, retryAt, ...channel }) => ({
    channel,
    reason: reason ?? '',
    since: since ?? '',
    retryAt: retryAt ?? '',
  }));
}
