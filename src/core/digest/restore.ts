import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Instant } from '../paper.ts';
import type { MarkFile } from '../store/mark-file.ts';
import type { Store } from '../store/open.ts';
import { markRestored, readMark, type OutboxMark } from '../store/outbox-mark.ts';

const RESTORED =
  'page the operator: the database is a restored backup, so digests that may have been posted since ' +
  'are held; `paperboy status` lists them, and in a channel /papers post held posts them, /papers post drop does not';

export interface RestoreOptions {
  readonly store: Store;
  readonly beside?: MarkFile;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Finds out whether the database is a restored backup, by the mark beside it, before anything is
 * posted. If so, open pages are looked for before they are posted, and the digests of slots that
 * the backup doesn't know of are held: nothing is posted a second time. Without a mark beside a
 * database that has posted (it was moved here), every slot up to now is in doubt.
 */
export async function noticeRestore({ store, beside, clock, log }: RestoreOptions): Promise<void> {
  if (beside === undefined) return;
  const ours = await readMark(store);
  const other = beside.read();
  if (!isBehind(ours, other)) return;
  const same = other?.database === ours.database ? other : undefined;
  const until = earlier(clock().toISOString(), same?.claimedAt);
  const claims = Math.max(ours.claims, same?.claims ?? 0);
  const lastPost = ours.claimedAt ?? 'never';
  log.error({ lastPost, until }, RESTORED);
  beside.keep(await markRestored(store, { claims, until }));
}

/** Nothing can have been posted later than now: a clock that ran ahead says so all the same. */
function earlier(now: Instant, claimedAt = now): Instant {
  return claimedAt < now ? claimedAt : now;
}

function isBehind(ours: OutboxMark, other: OutboxMark | undefined): boolean {
  if (other?.database === ours.database) return other.claims > ours.claims;
  return ours.claims > 0;
}
