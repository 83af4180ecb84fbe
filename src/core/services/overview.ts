import type { Archive } from '../archive/index.ts';
import type { Clock } from '../clock.ts';
import { dayAndMonth } from '../compose.ts';
import { momentIn } from '../moment.ts';
import { HELD_ADVICE, MADE_WITHIN_MS, type ChannelProblem, type Overview } from '../status.ts';
import { blockedPages } from '../store/blocked-pages.ts';
import { newestDigests } from '../store/digest-history.ts';
import type { Store } from '../store/open.ts';
import { countPapers } from '../store/papers.ts';
import { planFailures } from '../store/plan-failures.ts';
import { dueSubscriptions, nextSubscription } from '../store/next-due.ts';
import type { Vectors } from '../vectors/index.ts';
import { heldPages } from '../store/held-channels.ts';
import { troubles, type Trouble } from '../store/troubles.ts';
import { waitingPages, type WaitingPages } from '../store/waiting-pages.ts';

/** What an operator is shown of many channels. */
const MOST_DIGESTS = 20;
const MOST_PROBLEMS = 1000;

/** What waits no longer may be under way, or tried again shortly: an outage that short is none. */
const WAITED_MS = 3_600_000;

/** Nothing more comes of what was refused for what it holds, so that it is told of for a while. */
const BLOCKED_MS = 14 * 86_400_000;

const LEFT = 'The channel was deleted or archived, or the bot was taken out of it.';
const LEFT_TENANT = 'The bot was removed from the whole server or workspace.';

/** What is looked at. */
export interface OverviewParts {
  readonly store: Store;
  readonly archive: Archive;
  readonly vectors: Vectors;
  readonly clock: Clock;
  /** The platforms that are configured, by id: what waits for another one waits for ever. */
  readonly configured: readonly string[];
}

/** How all channels do. Rejects with `StoreError`. */
export async function overviewOf(parts: OverviewParts): Promise<Overview> {
  const { store, archive, vectors } = parts;
  const { channels, next } = await nextSubscription(store);
  return {
    sources: await archive.states(),
    paperCount: await countPapers(store),
    meaning: await vectors.state(),
    channels,
    ...(next && { next: { channel: next.channel, due: next.nextDue } }),
    deliveries: await newestDigests(store, MOST_DIGESTS),
    problems: await problemsOf(parts),
  };
}

async function problemsOf(parts: OverviewParts): Promise<ChannelProblem[]> {
  const { store } = parts;
  const held = await heldPages(store, MOST_PROBLEMS);
  const others = await troubles(store, MOST_PROBLEMS);
  const unplanned = await planFailures(store, { most: MOST_PROBLEMS });
  const waiting = await waitingPages(store, MOST_PROBLEMS);
  const problems = [
    ...unplanned.map(({ channel, reason, since, retryAt }) => ({
      channel,
      kind: 'unplanned' as const,
      detail: `Its digest could not be made: ${reason} ${AGAIN}`,
      since: new Date(since),
      nextTry: new Date(retryAt),
    })),
    ...(await overdueOf(parts)),
    ...(await blockedOf(parts)),
    ...held.map(({ channel, reason, since }) => ({
      channel,
      kind: 'held' as const,
      detail: `${reason} ${HELD_ADVICE}`,
      since: new Date(since),
    })),
    ...others.map(toProblem),
    ...waiting.flatMap((each) => waitingOf(parts, each)),
  ];
  return problems.sort((a, b) => a.since.getTime() - b.since.getTime());
}

/** Those whose slot came a while ago: a digest is made within minutes of it. */
async function overdueOf({ store, clock }: OverviewParts): Promise<ChannelProblem[]> {
  const before = new Date(clock().getTime() - MADE_WITHIN_MS).toISOString();
  const overdue = await dueSubscriptions(store, before, MOST_PROBLEMS);
  return overdue.map(({ channel, nextDue, timezone }) => ({
    channel,
    kind: 'overdue',
    detail: `Its digest of ${momentIn(nextDue, timezone)} was not made: see that Paperboy runs.`,
    since: nextDue,
  }));
}

async function blockedOf({ store, clock }: OverviewParts): Promise<ChannelProblem[]> {
  const after = new Date(clock().getTime() - BLOCKED_MS).toISOString();
  const blocked = await blockedPages(store, MOST_PROBLEMS, after);
  return blocked.map(({ channel, localDate, reason, since }) => ({
    channel,
    kind: 'blocked',
    detail: `Its digest of ${dayAndMonth(localDate)} was not posted as a whole, and won’t be: ${reason}`,
    since: new Date(since),
  }));
}

function toProblem({ channel, kind, reason, since, nextTry, ofTenant }: Trouble): ChannelProblem {
  return {
    channel,
    kind,
    detail: reason ?? (ofTenant === true ? LEFT_TENANT : LEFT),
    since: new Date(since),
    ...(nextTry !== undefined && { nextTry: new Date(nextTry) }),
  };
}

function waitingOf(
  { clock, configured }: OverviewParts,
  { channel, reason, since: planned, nextTry }: WaitingPages,
): ChannelProblem[] {
  const since = new Date(planned);
  if (!configured.includes(channel.platform)) {
    const detail = `${channel.platform} is not configured, and its digest waits for that: give its token again.`;
    return [{ channel, kind: 'unconfigured', detail, since }];
  }
  if (clock().getTime() - since.getTime() <= WAITED_MS) return [];
  const detail =
    reason === undefined ? UNTRIED : `Its digest waits for its service: ${reason} ${AGAIN}`;
  const next = nextTry === undefined ? {} : { nextTry: new Date(nextTry) };
  return [{ channel, kind: 'waiting', detail, since, ...next }];
}

const AGAIN = 'It is tried again by itself.';
const UNTRIED =
  'Nobody has tried to post its digest: see that Paperboy runs, and reaches the service.';
