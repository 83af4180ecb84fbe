import { sql, type SqlBool } from 'kysely';
import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { mayBeTried } from './circuits.ts';
import { isPresent } from './departures.ts';
import type { Occasion } from './digests.ts';
import type { Store } from './open.ts';
import { freeUnposted } from './unposted.ts';

/** One page of a digest that is not posted yet. */
export interface OpenDelivery {
  readonly digest: number;
  readonly position: number;
  readonly channel: ChannelRef;
  readonly localDate: DateString;
  readonly occasion: Occasion;
  /** Since when it should be posted: its slot came, its overview stood, or a person let it go. */
  readonly since: Instant;
  readonly message: Message;
  readonly papers: readonly string[];
  readonly attempts: number;
  /** When the first attempt began that may have reached the service, as far as is known. */
  readonly attemptedAt?: Instant;
  readonly inThread: boolean;
  /** A person has looked for it, and let it go. */
  readonly released: boolean;
  /** Of the newest claim. */
  readonly fence: number;
  /** Not before this instant. */
  readonly retryAt?: Instant;
  /** The overview's message, once it is posted. */
  readonly overview?: string;
}

/**
 * What may be sent, be it that an earlier attempt's outcome is unknown or its worker is gone.
 * Written out, since SQLite uses a partial index only where it sees the values.
 */
export const IS_OPEN = sql<SqlBool>`deliveries.state IN ('planned', 'sending', 'unknown')`;

/** Pages by the channel that they are for: a row for each channel, to be narrowed and counted. */
export function pagesByChannel(store: Store) {
  return store
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .select(['digests.platform', 'digests.tenant', 'digests.channel'])
    .groupBy(['digests.platform', 'digests.tenant', 'digests.channel']);
}

/** A row of `pagesByChannel` with its channel in one piece, and a reason where there is none. */
export function withChannel<Row extends ChannelRef & { readonly reason: string | null }>(row: Row) {
  const { platform, tenant, channel, reason, ...rest } = row;
  return { channel: { platform, tenant, channel }, reason: reason ?? '', ...rest };
}

/** The channels that have a page to be posted now, the one that waits longest first. */
export async function channelsToServe(store: Store, now: Instant): Promise<ChannelRef[]> {
  return pagesByChannel(store)
    .where(IS_OPEN)
    .where(isPresent('digests'))
    .where(mayBeTried(now))
    .orderBy(({ fn }) => fn.min('deliveries.digest_id'))
    .execute();
}

/** Every page of the channel that is not posted yet, in the order of posting. */
export async function openDeliveries(store: Store, channel: ChannelRef): Promise<OpenDelivery[]> {
  const digests = await openDigests(store, channel);
  if (digests.length === 0) return [];
  const rows = await selectOpen(store, digests).execute();
  return rows.map((row) => toOpenDelivery(channel, row));
}

/**
 * The channel's digests with a page that is not posted yet. Asked for first wherever such pages are
 * wanted: each of the channel's digests is looked up in the index of open pages, and no other read.
 */
export async function openDigests(
  store: Store,
  { platform, tenant, channel }: ChannelRef,
): Promise<number[]> {
  const rows = await store
    .selectFrom('digests')
    .select('id')
    .where('platform', '=', platform)
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    // Named, since SQLite would rather read every page of each digest.
    .where(
      sql<SqlBool>`EXISTS (
        SELECT 1 FROM deliveries INDEXED BY deliveries_open
        WHERE deliveries.digest_id = digests.id AND ${IS_OPEN}
      )`,
    )
    .execute();
  return rows.map(({ id }) => id);
}

function selectOpen(store: Store, digests: readonly number[]) {
  return store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .leftJoin('deliveries as overview', (join) =>
      join.onRef('overview.digest_id', '=', 'deliveries.digest_id').on('overview.position', '=', 0),
    )
    .selectAll('deliveries')
    .select(['overview.message_ref as overview', 'overview.sent_at as overview_sent_at'])
    .select(['digests.local_date', 'digests.occasion', 'digests.planned_at', 'digests.due_at'])
    .where('digests.id', 'in', digests)
    .where(IS_OPEN)
    .orderBy('deliveries.digest_id')
    .orderBy('deliveries.position');
}

type OpenRow = Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>;

function toOpenDelivery(channel: ChannelRef, row: OpenRow): OpenDelivery {
  const { retry_at, attempted_at, overview } = row;
  return {
    digest: row.digest_id,
    position: row.position,
    channel,
    localDate: row.local_date,
    occasion: row.occasion === 'asked' ? 'asked' : 'slot',
    since: latest(row.due_at ?? row.planned_at, row.overview_sent_at, row.released_at),
    message: JSON.parse(row.message) as Message,
    papers: JSON.parse(row.papers) as string[],
    attempts: row.attempts,
    inThread: row.in_thread === 1,
    released: row.released_at !== null,
    fence: row.fence,
    ...(attempted_at !== null && { attemptedAt: attempted_at }),
    ...(retry_at !== null && { retryAt: retry_at }),
    ...(overview !== null && { overview }),
  };
}

/**
 * Skips the channel's pages that are not posted yet, and those that are held; one that is being posted
 * now may stand after. Within the caller's transaction.
 */
export async function skipWaiting(
  store: Store,
  channel: ChannelRef,
  reason: string,
): Promise<void> {
  const skipped = { state: 'skipped', reason, lease_until: null, retry_at: null };
  const digests = await openDigests(store, channel);
  await store
    .updateTable('deliveries')
    .set(skipped)
    .where('digest_id', 'in', digests)
    .where(IS_OPEN)
    .execute();
  // What is held may stand: its papers are not offered again.
  await freeUnposted(store, channel, digests);
  await store
    .updateTable('deliveries')
    .set(skipped)
    .where('digest_id', 'in', digestsOf(store, channel))
    .where('state', '=', 'held')
    .execute();
}

function digestsOf(store: Store, { platform, tenant, channel }: ChannelRef) {
  return store
    .selectFrom('digests')
    .select('id')
    .where(({ eb }) => eb.and({ platform, tenant, channel }));
}

function latest(...instants: readonly (Instant | null)[]): Instant {
  return instants.reduce<Instant>((last, each) => (each !== null && each > last ? each : last), '');
}
