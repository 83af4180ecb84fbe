import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { Place } from '../platform.ts';
import type { Store } from './open.ts';

/** Rows of these tables belong to a channel, and go when the bot has left it for long. */
const TABLES = [
  'subscriptions',
  'digests',
  'posted_papers',
  'message_papers',
  'reactions',
  'circuits',
  'quiet_links',
] as const;

/** Rows of these belong to a tenant, its readers' own libraries among them. */
export const READER_TABLES = ['bookmarks', 'library_readers', 'link_codes', 'wrong_codes'] as const;
const TENANT_TABLES = [...TABLES, ...READER_TABLES, 'installations'] as const;

/** Whether the bot is still where the row of the table belongs. */
export function isPresent(table: 'subscriptions' | 'digests'): RawBuilder<SqlBool> {
  const row = sql.table(table);
  return sql<SqlBool>`NOT EXISTS (
    SELECT 1 FROM departures
    WHERE departures.platform = ${row}.platform AND departures.tenant = ${row}.tenant
      AND departures.channel IN ('', ${row}.channel)
  )`;
}

/**
 * Notes that the bot was removed, and why where that is known; the first time counts. A place where
 * nothing of ours is leaves no trace: services tell of every channel and thread that anybody deletes.
 */
export async function recordDeparture(
  store: Store,
  place: Place,
  now: Instant,
  reason?: string,
): Promise<void> {
  if (!(await isKnown(store, place))) return;
  await store
    .insertInto('departures')
    .values({ ...toKey(place), left_at: now, ...(reason !== undefined && { reason }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whatever is kept of a channel comes with a row in one of these. */
const TRACES = ['subscriptions', 'digests', 'message_papers', 'quiet_links'] as const;

/** The tenants of a platform with a channel that something is kept of. */
export async function knownTenants(store: Store, platform: string): Promise<string[]> {
  const found = new Set<string>();
  for (const table of TRACES) {
    const query = store.selectFrom(table).select('tenant').distinct();
    const rows = await query.where(({ eb }) => eb.and({ platform })).execute();
    for (const { tenant } of rows) found.add(tenant);
  }
  return [...found];
}

async function isKnown(store: Store, place: Place): Promise<boolean> {
  for (const table of place.channel === undefined ? [...TRACES, ...READER_TABLES] : TRACES) {
    const query = store.selectFrom(table).select('platform').limit(1);
    const row = await query.where(({ eb }) => eb.and({ ...place })).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}

/**
 * Notes that the bot is there. That it is in a tenant, which every start tells, says nothing of a
 * channel there that was deleted, or that it was taken out of: that one has a return of its own.
 */
export async function recordReturn(store: Store, place: Place): Promise<void> {
  await store
    .deleteFrom('departures')
    .where(({ eb }) => eb.and(toKey(place)))
    .execute();
}

/** How long the settings of a place outlive the bot's removal from it: 30 days. */
const KEPT_MS = 30 * 86_400_000;

/** So long after they are first seen to be over, they must still be: the clock may run ahead. */
const SECOND_SIGHT_MS = 86_400_000;

/**
 * Forgets everything about the places that the bot left more than 30 days ago, and was seen to have
 * a day ago. Returns how many they were.
 */
export async function purgeDeparted(store: Store, now: Date): Promise<number> {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  await sightExpired(store, ago(KEPT_MS), now.toISOString());
  const left = await store
    .selectFrom('departures')
    .selectAll()
    .where('expired_at', '<=', ago(SECOND_SIGHT_MS))
    .execute();
  for (const { platform, tenant, channel } of left) {
    await purge(store, channel === '' ? { platform, tenant } : { platform, tenant, channel });
  }
  return left.length;
}

/** A sight under a clock that was set back since counts for nothing. */
async function sightExpired(store: Store, before: Instant, now: Instant): Promise<void> {
  await store
    .updateTable('departures')
    .set({ expired_at: null })
    .where('expired_at', 'is not', null)
    .where((where) => where.or([where('left_at', '>=', before), where('expired_at', '>', now)]))
    .execute();
  await store
    .updateTable('departures')
    .set({ expired_at: now })
    .where('left_at', '<', before)
    .where('expired_at', 'is', null)
    .execute();
}

async function purge(store: Store, place: Place): Promise<void> {
  await store.transaction().execute(async (transaction) => {
    const tables = place.channel === undefined ? TENANT_TABLES : TABLES;
    for (const table of [...tables, 'departures'] as const) {
      await transaction
        .deleteFrom(table)
        .where(({ eb }) => eb.and({ ...place }))
        .execute();
    }
  });
}

function toKey({ platform, tenant, channel = '' }: Place) {
  return { platform, tenant, channel };
}
