import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { markHeld, untoldHeld } from './held-channels.ts';
import type { Store } from './open.ts';

/** A subscribed channel that gets nothing, or lacks a digest, until a person does something. */
export interface Trouble {
  readonly channel: ChannelRef;
  /** Who subscribed it, or changed that last; an untold one is always somebody's. */
  readonly reader: ReaderRef;
  readonly timezone: string;
  /** It refuses the bot, the bot is no longer there, or a digest of it is held. */
  readonly kind: 'refused' | 'left' | 'held';
  /** The bot was removed from the whole tenant. */
  readonly ofTenant?: true;
  /** The channel itself takes messages: the threads of its digests don't. */
  readonly threadsOnly?: true;
  /** What is missing and where to grant it, for people; absent where only the departure is known. */
  readonly reason?: string;
  readonly since: Instant;
  /** When a page is tried again. */
  readonly nextTry?: Instant;
}

/** Troubles of a platform that nobody was told of, where it may be tried now. */
export interface Untold {
  readonly platform: string;
  readonly now: Instant;
}

/**
 * The troubles of subscribed channels, the oldest first; what is held (`heldPages`) among those that
 * are untold. That the bot was removed from a whole tenant is told to nobody there: it can write to
 * none of them, and who removed it knows.
 */
export async function troubles(store: Store, most: number, untold?: Untold): Promise<Trouble[]> {
  const [refused, left, held] = await Promise.all([
    refusals(store, most, untold),
    departures(store, most, untold),
    untold === undefined ? [] : untoldHeld(store, most, untold),
  ]);
  const all = [
    ...refused.map((row) => ({
      ...toTrouble('refused', row),
      nextTry: row.probe_at,
      ...(row.threads_only === 1 && { threadsOnly: true as const }),
    })),
    ...left.map((row) => ({
      ...toTrouble('left', row),
      ...(row.left === '' && { ofTenant: true as const }),
    })),
    ...held.map((row) => toTrouble('held', row)),
  ];
  return all.sort((a, b) => a.since.localeCompare(b.since)).slice(0, most);
}

/** Notes when the manager was told, or from when on to try again. */
export async function markTold(
  store: Store,
  { kind, channel, since }: Trouble,
  { told, again }: { readonly told?: Instant; readonly again?: Instant },
): Promise<void> {
  const noted = { told_at: told ?? null, tell_at: again ?? null };
  if (kind === 'held') return markHeld(store, { channel, since }, noted);
  const { platform, tenant, channel: id } = channel;
  await store
    .updateTable(kind === 'refused' ? 'circuits' : 'departures')
    .set(noted)
    .where(({ eb }) => eb.and({ platform, tenant, channel: id }))
    .execute();
}

function refusals(store: Store, most: number, untold?: Untold) {
  let query = subscribed(store)
    .innerJoin('circuits', (join) =>
      join
        .onRef('circuits.platform', '=', 'subscriptions.platform')
        .onRef('circuits.tenant', '=', 'subscriptions.tenant')
        .onRef('circuits.channel', '=', 'subscriptions.channel'),
    )
    .select([
      'circuits.reason',
      'opened_at as since',
      'probe_at',
      'threads_only',
      'circuits.told_at',
    ])
    .orderBy('opened_at')
    .limit(most);
  if (untold !== undefined) {
    query = query
      .where('subscriptions.platform', '=', untold.platform)
      .where('circuits.told_at', 'is', null)
      .where('created_by', '<>', '')
      .where(isDueToTell('circuits', untold.now));
  }
  return query.execute();
}

/** A whole tenant's, under '', counts where the channel has no departure of its own. */
const LEFT_AS = sql<SqlBool>`departures.channel = (
    SELECT max(own.channel) FROM departures AS own
    WHERE own.platform = subscriptions.platform AND own.tenant = subscriptions.tenant
      AND own.channel IN ('', subscriptions.channel)
  )`;

function departures(store: Store, most: number, untold?: Untold) {
  let query = subscribed(store)
    .innerJoin('departures', (join) =>
      join
        .onRef('departures.platform', '=', 'subscriptions.platform')
        .onRef('departures.tenant', '=', 'subscriptions.tenant')
        .on(LEFT_AS),
    )
    .select(['departures.reason', 'left_at as since', 'departures.told_at'])
    .select('departures.channel as left')
    .orderBy('left_at')
    .limit(most);
  if (untold !== undefined) {
    query = query
      .where('subscriptions.platform', '=', untold.platform)
      .where('departures.told_at', 'is', null)
      .where('departures.channel', '<>', '')
      .where('created_by', '<>', '')
      .where(isDueToTell('departures', untold.now));
  }
  return query.execute();
}

function isDueToTell(table: 'circuits' | 'departures', now: Instant): RawBuilder<SqlBool> {
  return sql<SqlBool>`coalesce(${sql.ref(`${table}.tell_at`)}, '') <= ${now}`;
}

function subscribed(store: Store) {
  return store
    .selectFrom('subscriptions')
    .select(['subscriptions.platform', 'subscriptions.tenant', 'subscriptions.channel'])
    .select(['created_by', 'created_in', 'timezone']);
}

interface Row extends ChannelRef {
  readonly created_by: string;
  readonly created_in: string;
  readonly timezone: string;
  readonly reason: string | null;
  readonly since: Instant;
}

function toTrouble(kind: Trouble['kind'], row: Row): Trouble {
  const { platform, tenant, channel, created_in, created_by, reason, timezone, since } = row;
  return {
    channel: { platform, tenant, channel },
    reader: { platform, tenant: created_in === '' ? tenant : created_in, user: created_by },
    ...{ timezone, kind, since },
    ...(reason !== null && { reason }),
  };
}
