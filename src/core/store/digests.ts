import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';

/** A digest ready to be written down. */
export interface DigestPlan {
  readonly channel: ChannelRef;
  /** The slot's day in the channel's zone: a channel has one digest a day, for ever. */
  readonly localDate: DateString;
  /** The newest list it draws from, if any. */
  readonly listDate: DateString | undefined;
  /** In the order of posting: the overview, then what goes in its thread. */
  readonly pages: readonly Page[];
  /** The next slot after this one. */
  readonly nextDue: Date;
}

export interface Page {
  readonly message: Message;
  /** Base ids that a reaction on this page means. */
  readonly papers: readonly string[];
  /** Posted in the thread of the first page. */
  readonly inThread: boolean;
}

/**
 * Writes a digest and moves its subscription to the next slot, in one transaction: after a crash
 * both are so or neither. Returns false, and only moves the subscription, when the channel already
 * has a digest of that day.
 */
export async function planDigest(store: Store, plan: DigestPlan, now: Instant): Promise<boolean> {
  return store.transaction().execute(async (transaction) => {
    await moveOn(transaction, plan);
    const digest = await insertDigest(transaction, plan, now);
    if (digest === undefined) return false;
    await insertPages(transaction, digest, plan);
    return true;
  });
}

async function moveOn(store: Store, { channel, nextDue }: DigestPlan): Promise<void> {
  await store
    .updateTable('subscriptions')
    .set({ next_due: nextDue.toISOString() })
    .where('platform', '=', channel.platform)
    .where('tenant', '=', channel.tenant)
    .where('channel', '=', channel.channel)
    .execute();
}

async function insertDigest(
  store: Store,
  plan: DigestPlan,
  now: Instant,
): Promise<number | undefined> {
  const row = await store
    .insertInto('digests')
    .values({
      ...namesOf(plan.channel),
      local_date: plan.localDate,
      list_date: plan.listDate ?? null,
      planned_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

async function insertPages(store: Store, digest: number, plan: DigestPlan): Promise<void> {
  await store
    .insertInto('deliveries')
    .values(
      plan.pages.map((page, position) => ({
        digest_id: digest,
        position,
        message: JSON.stringify(page.message),
        papers: JSON.stringify(page.papers),
        in_thread: page.inThread ? 1 : 0,
      })),
    )
    .execute();
  const papers = [...new Set(plan.pages.flatMap((page) => page.papers))];
  if (papers.length === 0) return;
  await store
    .insertInto('posted_papers')
    .values(
      papers.map((paper) => ({ ...namesOf(plan.channel), paper_id: paper, digest_id: digest })),
    )
    .execute();
}

function namesOf({ platform, tenant, channel }: ChannelRef): ChannelRef {
  return { platform, tenant, channel };
}

/** The newest list that a digest of the channel has drawn from. */
export async function lastListDate(store: Store, ref: ChannelRef): Promise<DateString | undefined> {
  const row = await store
    .selectFrom('digests')
    .select((select) => select.fn.max('list_date').as('date'))
    .where('platform', '=', ref.platform)
    .where('tenant', '=', ref.tenant)
    .where('channel', '=', ref.channel)
    .executeTakeFirst();
  return row?.date ?? undefined;
}

/** Of these papers, those planned for the channel before, with the local day of their digest. */
export async function postedPapers(
  store: Store,
  ref: ChannelRef,
  papers: readonly string[],
): Promise<Map<string, DateString>> {
  if (papers.length === 0) return new Map();
  const rows = await store
    .selectFrom('posted_papers')
    .innerJoin('digests', 'digests.id', 'posted_papers.digest_id')
    .select(['posted_papers.paper_id', 'digests.local_date'])
    .where('posted_papers.platform', '=', ref.platform)
    .where('posted_papers.tenant', '=', ref.tenant)
    .where('posted_papers.channel', '=', ref.channel)
    .where('posted_papers.paper_id', 'in', papers)
    .execute();
  return new Map(rows.map((row) => [row.paper_id, row.local_date]));
}

export interface DigestSummary {
  readonly localDate: DateString;
  readonly sent: number;
  readonly planned: number;
  /** Why a page is not posted (yet). */
  readonly problem?: string;
}

/** The channel's latest digests, newest first. */
export async function latestDigests(
  store: Store,
  ref: ChannelRef,
  limit: number,
): Promise<DigestSummary[]> {
  const rows = await store
    .selectFrom('digests')
    .innerJoin('deliveries', 'deliveries.digest_id', 'digests.id')
    .select((select) => [
      'digests.local_date as localDate',
      select.fn.countAll<number>().as('planned'),
      select.fn.count<number>('deliveries.sent_at').as('sent'),
      select.fn.max('deliveries.reason').as('problem'),
    ])
    .where('digests.platform', '=', ref.platform)
    .where('digests.tenant', '=', ref.tenant)
    .where('digests.channel', '=', ref.channel)
    .groupBy('digests.id')
    .orderBy('digests.local_date', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ problem, ...row }) => (problem === null ? row : { ...row, problem }));
}
