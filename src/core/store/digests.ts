import type { Message } from '../message.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import type { Store } from './open.ts';
import { inTransaction } from './transaction.ts';
import { retakeAsked, type Retaken } from './unposted.ts';

/** What a digest is made for: a slot of the schedule, or somebody who asked for one. */
export type Occasion = 'slot' | 'asked';

/** A digest ready to be written down. */
export interface DigestPlan {
  readonly channel: ChannelRef;
  /**
   * The slot's day in the channel's zone: a channel has one digest of each occasion a day, for ever.
   * One that was asked for may be asked for again where nothing of it can have been posted.
   */
  readonly localDate: DateString;
  /** `slot` unless told. */
  readonly occasion?: Occasion;
  /** When the slot was that it is for. */
  readonly due?: Instant;
  /** The newest list that the channel is done with then, if any. */
  readonly listDate: DateString | undefined;
  /** The oldest list that it draws from; that same one if absent. */
  readonly firstList?: DateString | undefined;
  /** In the order of posting: the overview, then what goes in its thread. */
  readonly pages: readonly Page[];
  /** Why its pages are not to be posted until somebody says so. */
  readonly held?: string;
}

export interface Page {
  readonly message: Message;
  /** Base ids that a reaction on this page means. */
  readonly papers: readonly string[];
  /** Posted in the thread of the first page. */
  readonly inThread: boolean;
}

/**
 * Writes a digest, in one transaction (the caller's, if `store` is in one). False, and nothing
 * written, when the channel already has a digest of that day and occasion.
 */
export function writeDigest(store: Store, plan: DigestPlan, now: Instant): Promise<boolean> {
  return inTransaction(store, async (transaction) => {
    const digest = await insertDigest(transaction, plan, now);
    const taken = digest === undefined ? await retakeAsked(transaction, plan, now) : { digest };
    if (taken === undefined) return false;
    await insertPages(transaction, plan, taken);
    return true;
  });
}

/** Writes a digest's row; undefined when the channel already has one of that day and occasion. */
export async function insertDigest(
  store: Store,
  plan: Omit<DigestPlan, 'pages' | 'held'>,
  now: Instant,
): Promise<number | undefined> {
  const row = await store
    .insertInto('digests')
    .values({
      ...namesOf(plan.channel),
      local_date: plan.localDate,
      ...(plan.occasion !== undefined && { occasion: plan.occasion }),
      list_date: plan.listDate ?? null,
      first_list: plan.firstList ?? null,
      planned_at: now,
      due_at: plan.due ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

async function insertPages(
  store: Store,
  plan: DigestPlan,
  { digest, fence = 0 }: Partial<Retaken> & Pick<Retaken, 'digest'>,
): Promise<void> {
  await store
    .insertInto('deliveries')
    .values(
      plan.pages.map((page, position) => ({
        digest_id: digest,
        position,
        message: JSON.stringify(page.message),
        papers: JSON.stringify(page.papers),
        in_thread: page.inThread ? 1 : 0,
        fence,
        ...(plan.held !== undefined && { state: 'held', reason: plan.held }),
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
