import type { Clock } from '../clock.ts';
import { DeliveryError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Message } from '../message.ts';
import type { Instant } from '../paper.ts';
import type { ChatPlatform } from '../platform.ts';
import type { Store } from '../store/open.ts';
import { findPapers } from '../store/papers.ts';
import { nextRefresh, pagesToRefresh, setRefresh, type StandingPage } from '../store/refreshes.ts';
import { withVotes, type Votes } from './votes.ts';

/** Pages looked at in one go: six a digest of ten thousand channels, for a week, are half of it a minute. */
const MOST = 600;

/**
 * Between two edits in one channel: Discord allows three an hour of messages older than an hour
 * (code 30046), and we use no more than that anywhere but in threads, where nobody sees an edit.
 */
const BETWEEN_EDITS_MS = 20 * 60_000;

/** After a failure that passes, unless the service says how long. */
const RETRY_MS = 3_600_000;

export interface RefreshOptions {
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Brings the votes in posted pages up to date. */
export interface VoteRefresher {
  /**
   * Edits the pages that are due and show other votes than the newest: each at most once a day, for
   * a week, and none in a thread that is at rest. A failing page stops no other, a busy service only
   * those of its tenant, and no platform another. Rejects only when the database does.
   */
  refresh(signal: AbortSignal): Promise<void>;
}

export function createVoteRefresher(options: RefreshOptions): VoteRefresher {
  const { store, clock } = options;
  const edited = new Map<string, number>();
  return {
    async refresh(signal) {
      const pages = await pagesToRefresh(store, clock().toISOString(), MOST);
      forgetOld(edited, clock());
      const votes = await votesOf(store, pages);
      await Promise.all(
        byPlatform(pages).map((own) => refreshPages(options, own, { votes, edited, signal })),
      );
    },
  };
}

function byPlatform(pages: readonly StandingPage[]): (readonly StandingPage[])[] {
  const ids = [...new Set(pages.map(({ ref }) => ref.platform))];
  return ids.map((id) => pages.filter(({ ref }) => ref.platform === id));
}

/** What the pages that are refreshed in one go share. */
interface Round {
  readonly votes: Votes;
  /** When the channels were edited last. */
  readonly edited: Map<string, number>;
  readonly signal: AbortSignal;
}

/** One after the other, so that digests find a way between them. */
async function refreshPages(
  options: RefreshOptions,
  pages: readonly StandingPage[],
  { votes, edited, signal }: Round,
): Promise<void> {
  const busy = new Map<string, Instant>();
  for (const page of pages) {
    if (signal.aborted) return;
    const { tenant } = page.ref;
    const until = busy.get(tenant);
    if (until !== undefined) {
      // Out of the way of the others, of whom a long queue would leave none in the next minutes.
      await setRefresh(options.store, page, until);
      continue;
    }
    const again = await refreshPage(options, page, votes, edited);
    if (again !== undefined) busy.set(tenant, again);
  }
}

/** Channels that may be edited again need not be remembered, nor what a clock that ran ahead noted. */
function forgetOld(edited: Map<string, number>, now: Date): void {
  for (const [place, at] of edited) {
    const ago = now.getTime() - at;
    if (ago >= BETWEEN_EDITS_MS || ago < 0) edited.delete(place);
  }
}

async function votesOf(store: Store, pages: readonly StandingPage[]): Promise<Votes> {
  const papers = await findPapers(store, [...new Set(pages.flatMap((page) => page.papers))]);
  return new Map(
    papers.flatMap(({ id, upvotes }) => (upvotes === undefined ? [] : [[id, upvotes] as const])),
  );
}

/** Resolves with when its service takes something again, where it does not at present. */
async function refreshPage(
  options: RefreshOptions,
  page: StandingPage,
  votes: Votes,
  edited: Map<string, number>,
): Promise<Instant | undefined> {
  const { store, platforms, clock } = options;
  const now = clock();
  const next = nextRefresh(page, now.toISOString());
  const message = withVotes(page.message, votes);
  const platform = platforms.find(({ id }) => id === page.ref.platform);
  if (platform === undefined || isSame(message, page.message)) {
    await setRefresh(store, page, next);
    return undefined;
  }
  const turn = takeTurn(page, edited, now);
  if (turn <= now) return edit(options, platform, { page, message, next });
  await setRefresh(store, page, turn.toISOString());
  return undefined;
}

function isSame(one: Message, other: Message): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** When the page may be edited; noted as an edit when that is now. */
function takeTurn({ ref, inThread }: StandingPage, edited: Map<string, number>, now: Date): Date {
  if (inThread) return now;
  const place = JSON.stringify([ref.platform, ref.tenant, ref.channel]);
  const turn = (edited.get(place) ?? -Infinity) + BETWEEN_EDITS_MS;
  if (turn > now.getTime()) return new Date(turn);
  edited.set(place, now.getTime());
  return now;
}

interface Edit {
  readonly page: StandingPage;
  readonly message: Message;
  readonly next: Instant | null;
}

async function edit(
  { store, clock, log }: RefreshOptions,
  platform: ChatPlatform,
  { page, message, next }: Edit,
): Promise<Instant | undefined> {
  const { ref } = page;
  try {
    await platform.update(ref, message, page.message);
    await setRefresh(store, page, next, message);
    return undefined;
  } catch (error) {
    log.info({ channel: ref.channel, err: error }, 'votes could not be brought up to date');
    const again = later(error, clock());
    await setRefresh(store, page, again ?? (isAtRest(page, error) ? null : next));
    return again;
  }
}

/** Whoever writes in such a thread sees what is new there: its pages are not looked at again. */
function isAtRest({ inThread }: StandingPage, error: unknown): boolean {
  return inThread && error instanceof DeliveryError && error.kind === 'no-access';
}

/** When a failure that passes is worth another try. */
function later(error: unknown, now: Date): Instant | undefined {
  if (!(error instanceof DeliveryError)) return undefined;
  if (!['rate-limited', 'unavailable', 'unknown-outcome'].includes(error.kind)) return undefined;
  return new Date(now.getTime() + (error.retryAfterMs ?? RETRY_MS)).toISOString();
}
