import { sql, type SqlBool } from 'kysely';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { DigestSummary } from '../status.ts';
import { IS_BLOCKED } from './blocked-pages.ts';
import { IS_OPEN } from './deliveries.ts';
import type { Store } from './open.ts';
import type { ListAt } from './standings.ts';

/** How far the channel's digests have got. */
export interface LastDrawn {
  /** The oldest list that one has drawn from: what came before was never the channel's. */
  readonly first: DateString;
  /** The newest list that they are done with. */
  readonly date: DateString;
  /** When the last of those digests was planned. */
  readonly at: Instant;
  /** The newest lists that digests were done with, and when each first was; oldest first. */
  readonly done: readonly ListAt[];
}

/** So many of them: a week's, and those of the week that may pass between two digests. */
const DONE_LISTS = 14;

/** How far the channel's digests but those left out have got; undefined before the first. */
export async function lastDrawn(
  store: Store,
  ref: ChannelRef,
  without: readonly number[] = [],
): Promise<LastDrawn | undefined> {
  const rows = await drawing(store, ref, without)
    .select(({ fn }) => ['list_date as date', fn.min('planned_at').as('at')])
    .select(({ fn }) => fn.max('planned_at').as('last'))
    .groupBy('list_date')
    .orderBy('list_date', 'desc')
    .limit(DONE_LISTS)
    .execute();
  const first = await drawing(store, ref, without)
    .select(['list_date', 'first_list'])
    .orderBy('list_date')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const [newest] = rows;
  const oldest = first?.first_list ?? first?.list_date;
  if (!newest || !oldest) return undefined;
  const done = rows.map(({ date, at }) => ({ date: date ?? '', at })).reverse();
  // One that holds late papers alone has an older list than the last.
  const at = rows.map(({ last }) => last).reduce((one, other) => (one > other ? one : other));
  return { first: oldest, date: newest.date ?? '', at, done };
}

/** The channel's digests that are done with a list. */
function drawing(store: Store, ref: ChannelRef, without: readonly number[]) {
  return ofChannel(store, ref).where('id', 'not in', without).where('list_date', 'is not', null);
}

/** The oldest list that one of the channel's digests drew from, or was to: undefined before the first. */
export async function firstOffered(store: Store, ref: ChannelRef): Promise<DateString | undefined> {
  const { first } = await ofChannel(store, ref)
    .select(({ fn }) => fn.min('first_list').as('first'))
    .executeTakeFirstOrThrow();
  return first ?? undefined;
}

/** The local days from `from` on whose slot has had its digest, or a note why it gets none. */
export async function settledDays(
  store: Store,
  ref: ChannelRef,
  from: DateString,
): Promise<ReadonlySet<DateString>> {
  const rows = await ofChannel(store, ref)
    .select('local_date')
    .where('local_date', '>=', from)
    .where('occasion', '=', 'slot')
    .execute();
  return new Set(rows.map((row) => row.local_date));
}

function ofChannel(store: Store, { platform, tenant, channel }: ChannelRef) {
  return store
    .selectFrom('digests')
    .where('digests.platform', '=', platform)
    .where('digests.tenant', '=', tenant)
    .where('digests.channel', '=', channel);
}

/**
 * The local day of the channel's newest digest but those left out, if all it said was that there is
 * nothing new.
 */
export async function lastQuietDay(
  store: Store,
  ref: ChannelRef,
  without: readonly number[] = [],
): Promise<DateString | undefined> {
  const row = await ofChannel(store, ref)
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select(['digests.local_date', 'deliveries.papers', 'deliveries.state'])
    .where('deliveries.position', '=', 0)
    .where('deliveries.state', '<>', 'skipped')
    .where('digests.id', 'not in', without)
    .orderBy('digests.local_date', 'desc')
    .orderBy('digests.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.papers === '[]' && row.state !== 'blocked' ? row.local_date : undefined;
}

/** Before a channel's newest digest. */
const TWO_WEEKS_AGO = sql<DateString>`date(max(local_date), '-14 days')`.as('ago');

/**
 * The channel's latest digests, those that are held however old they are, and those of two weeks that
 * were not posted as a whole, newest first.
 */
export async function latestDigests(
  store: Store,
  ref: ChannelRef,
  limit: number,
): Promise<DigestSummary[]> {
  const latest = ofChannel(store, ref)
    .select('id')
    .orderBy('local_date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  const held = ofChannel(store, ref)
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select('digests.id')
    // Said as it is: a bound value would not be seen to lie in the index of what is held.
    .where(sql<SqlBool>`deliveries.state = 'held'`);
  const blocked = ofChannel(store, ref)
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select('digests.id')
    .where(IS_BLOCKED)
    .where('local_date', '>', ofChannel(store, ref).select(TWO_WEEKS_AGO));
  const rows = await summaries(store)
    .where((eb) => eb.or([latest, held, blocked].map((ids) => eb('digests.id', 'in', ids))))
    .orderBy('digests.local_date', 'desc')
    .orderBy('digests.id', 'desc')
    .execute();
  return rows.map(toSummary);
}

/** The newest digests of all channels, newest first. */
export async function newestDigests(
  store: Store,
  limit: number,
): Promise<(DigestSummary & { readonly channel: ChannelRef })[]> {
  const newest = store.selectFrom('digests').select('id').orderBy('id', 'desc').limit(limit);
  const rows = await summaries(store)
    .select(['digests.platform', 'digests.tenant', 'digests.channel'])
    .where('digests.id', 'in', newest)
    .orderBy('digests.id', 'desc')
    .execute();
  return rows.map(({ platform, tenant, channel, ...row }) => ({
    channel: { platform, tenant, channel },
    ...toSummary(row),
  }));
}

function summaries(store: Store) {
  return store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select((select) => [
      'digests.local_date as localDate',
      select.fn.countAll<number>().as('planned'),
      select.fn.count<number>('deliveries.sent_at').as('sent'),
      select.fn.max('deliveries.reason').as('problem'),
      sql<number>`sum(deliveries.state = 'held')`.as('held'),
      sql<number>`sum(${IS_OPEN})`.as('waiting'),
      sql<Instant | null>`min(CASE WHEN ${IS_OPEN} THEN deliveries.retry_at END)`.as('nextTry'),
      sql<number>`min(deliveries.state = 'skipped')`.as('skipped'),
      'digests.occasion',
    ])
    .groupBy('digests.id');
}

type Row = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

function toSummary({
  problem,
  held,
  waiting,
  nextTry,
  skipped,
  occasion,
  ...row
}: Row): DigestSummary {
  return {
    ...row,
    ...(held > 0 && { held }),
    ...(waiting > 0 && { waiting }),
    ...(nextTry !== null && { nextTry }),
    ...(skipped === 1 && { skipped: true }),
    ...(occasion === 'asked' && { asked: true }),
    ...(problem !== null && { problem }),
  };
}
