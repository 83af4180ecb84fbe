import type { Archive } from '../archive/index.ts';
import { HELD_ADVICE, type ChannelProblem, type Overview } from '../status.ts';
import { newestDigests } from '../store/digest-history.ts';
import type { Store } from '../store/open.ts';
import { countPapers } from '../store/papers.ts';
import { planFailures } from '../store/plan-failures.ts';
import { nextSubscription } from '../store/subscriptions.ts';
import type { Vectors } from '../vectors/index.ts';
import { heldPages, troubles } from '../store/troubles.ts';

/** What an operator is shown of many channels. */
const MOST_DIGESTS = 20;
const MOST_PROBLEMS = 1000;

const LEFT = 'The channel was deleted or archived, or the bot was taken out of it.';

/** What is looked at. */
export interface OverviewParts {
  readonly store: Store;
  readonly archive: Archive;
  readonly vectors: Vectors;
}

/** How all channels do. Rejects with `StoreError`. */
export async function overviewOf({ store, archive, vectors }: OverviewParts): Promise<Overview> {
  const { channels, next } = await nextSubscription(store);
  return {
    sources: await archive.states(),
    paperCount: await countPapers(store),
    meaning: await vectors.state(),
    channels,
    ...(next && { next: { channel: next.channel, due: next.nextDue } }),
    deliveries: await newestDigests(store, MOST_DIGESTS),
    problems: await problemsOf(store),
  };
}

async function problemsOf(store: Store): Promise<ChannelProblem[]> {
  const held = await heldPages(store, MOST_PROBLEMS);
  const others = await troubles(store, MOST_PROBLEMS);
  const unplanned = await planFailures(store, { most: MOST_PROBLEMS });
  const problems = [
    ...unplanned.map(({ channel, reason, since, retryAt }) => ({
      channel,
      kind: 'unplanned' as const,
      detail: `Its digest could not be made: ${reason} It is tried again by itself.`,
      since: new Date(since),
      nextTry: new Date(retryAt),
    })),
    ...held.map(({ channel, reason, since }) => ({
      channel,
      kind: 'held' as const,
      detail: `${reason} ${HELD_ADVICE}`,
      since: new Date(since),
    })),
    ...others.map(({ channel, kind, reason = LEFT, since, nextTry }) => ({
      channel,
      kind,
      detail: reason,
      since: new Date(since),
      ...(nextTry !== undefined && { nextTry: new Date(nextTry) }),
    })),
  ];
  return problems.sort((a, b) => a.since.getTime() - b.since.getTime());
}
