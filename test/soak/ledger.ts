import SQLite from 'better-sqlite3';
import type { ChannelRef } from '../../src/core/platform.ts';

/** One page of a digest as the program's database has it. */
export interface PlannedPage extends ChannelRef {
  readonly digest: number;
  readonly state: string;
  readonly reason: string | null;
  readonly papers: readonly string[];
  readonly inThread: boolean;
  /** The oldest list that its digest drew from. */
  readonly firstList: string | null;
}

interface PageRow extends Omit<PlannedPage, 'papers' | 'inThread' | 'firstList'> {
  /** JSON list. */
  readonly papers: string;
  readonly in_thread: number;
  readonly first_list: string | null;
}

/** A look into the program's database from outside. */
export interface Ledger {
  /** Pages that are planned and not yet dealt with. */
  readonly open: () => number;
  /** When the first of them may go; in the past where one may. */
  readonly nextTry: () => number;
  /** The next slot of any channel, in milliseconds since 1970. */
  readonly nextDue: () => number;
  /** Channels whose slot came before then and has no digest yet. */
  readonly overdue: (before: number) => number;
  /** Pages of every digest, in the order of posting. */
  readonly pages: () => PlannedPage[];
  /** Local days of a channel's digests, those skipped included, oldest first. */
  readonly days: (channel: ChannelRef) => string[];
  readonly close: () => void;
}

export function openLedger(path: string): Ledger {
  const database = new SQLite(path, { readonly: true });
  const open = database
    .prepare(`SELECT count(*) FROM deliveries WHERE state IN ('planned', 'sending', 'unknown')`)
    .pluck();
  const nextTry = database
    .prepare(
      `SELECT min(coalesce(retry_at, '')) FROM deliveries
         WHERE state IN ('planned', 'sending', 'unknown')`,
    )
    .pluck();
  const nextDue = database.prepare('SELECT min(next_due) FROM subscriptions').pluck();
  const overdue = database.prepare('SELECT count(*) FROM subscriptions WHERE next_due < ?').pluck();
  const pages = database.prepare(
    `SELECT platform, tenant, channel, digest_id AS digest, state, reason, papers, in_thread,
         first_list
       FROM deliveries JOIN digests ON digests.id = deliveries.digest_id
       ORDER BY digest_id, position`,
  );
  const days = database
    .prepare(
      `SELECT local_date FROM digests WHERE platform = ? AND tenant = ? AND channel = ?
         ORDER BY local_date`,
    )
    .pluck();
  return {
    open: () => open.get() as number,
    nextTry: () => Date.parse((nextTry.get() as string | null) ?? '') || 0,
    nextDue: () => Date.parse(nextDue.get() as string),
    overdue: (before) => overdue.get(new Date(before).toISOString()) as number,
    pages: () =>
      (pages.all() as PageRow[]).map(({ papers, in_thread: inThread, first_list, ...row }) => ({
        ...row,
        firstList: first_list,
        papers: JSON.parse(papers) as string[],
        inThread: inThread === 1,
      })),
    days: ({ platform, tenant, channel }) => days.all(platform, tenant, channel) as string[],
    close: () => {
      database.close();
    },
  };
}
