import { bringBackSlots, planDue } from '../schedule/index.ts';
import { tellManagers } from '../digest/index.ts';
import { ERASURE_DAYS } from '../privacy.ts';
import { forgetArrivals } from '../store/arrivals.ts';
import { forgetMessages, forgetPages } from '../store/closed-digests.ts';
import { purgeDeparted } from '../store/departures.ts';
import { forgetErasures } from '../store/erasures.ts';
import type { Store } from '../store/open.ts';
import { dueSubscriptions } from '../store/next-due.ts';
import { endWrongWaits } from '../store/wrong-clock.ts';
import { logged } from './logged.ts';
import type { PaperboyOptions, Parts } from './parts.ts';

/** How long a tick waits for fresh lists before it plans with what is there, in milliseconds. */
const REFRESH_PATIENCE_MS = 20_000;

/** How long it is kept what a digest said: votes are refreshed for a week, and a retry takes no month. */
const MESSAGES_KEPT_MS = 30 * 86_400_000;

/** How long it is kept what became of a digest's pages. */
const PAGES_KEPT_MS = 365 * 86_400_000;

/** How long the ids of what services sent are kept: far longer than any service repeats itself. */
const ARRIVALS_KEPT_MS = 7 * 86_400_000;

type Needed = Pick<
  Parts,
  'archive' | 'tastes' | 'vectors' | 'deliver' | 'votes' | 'background' | 'awake'
>;

/** What is done every minute, until it is called off. Rejects only when the database does. */
export async function runTick(
  options: PaperboyOptions,
  parts: Needed,
  stopping: AbortSignal,
): Promise<void> {
  const { store, log, clock } = options;
  const { archive, tastes, vectors, deliver, votes, background } = parts;
  const awakeSince = parts.awake(clock());
  const patience = AbortSignal.any([AbortSignal.timeout(REFRESH_PATIENCE_MS), stopping]);
  // A source that failed lately is asked again all the same while digests wait for its list.
  const isUrgent = (await dueSubscriptions(store, clock().toISOString(), 1)).length > 0;
  const refreshing = archive.refresh(patience, isUrgent);
  await logged(refreshing, log, 'the archive could not be refreshed');
  if (stopping.aborted) return;
  const now = clock();
  await endWrongWaits(store, now);
  await bringBackSlots(store, now);
  await forgetOld(store, now);
  await planDue({ ...options, archive, tastes, awakeSince }, stopping);
  // None of these is waited for: learning takes a minute, and the next minute's slots are planned
  // while a slow channel is served.
  void logged(vectors.tend(), log, 'vectors could not be learnt');
  deliver();
  background.run('managers could not be told', (signal) => tellManagers(options, signal));
  background.run('votes could not be refreshed', (signal) => votes.refresh(signal));
}

/** Forgets what nobody needs any more, a little at a time. */
async function forgetOld(store: Store, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  await purgeDeparted(store, now);
  await forgetArrivals(store, ago(ARRIVALS_KEPT_MS));
  await forgetErasures(store, ago(ERASURE_DAYS * 86_400_000));
  await forgetMessages(store, ago(MESSAGES_KEPT_MS));
  await forgetPages(store, ago(PAGES_KEPT_MS));
}
