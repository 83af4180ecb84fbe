import { Temporal } from 'temporal-polyfill';
import type { Archive } from '../archive/index.ts';
import type { Clock } from '../clock.ts';
import type { SourceState, Subscription } from '../commands/command.ts';
import {
  composeDigest,
  isTroubled,
  selectDigest,
  sourceNote,
  withNote,
  type DigestSettings,
  type SelectOptions,
} from '../digest/index.ts';
import type { Log } from '../log.ts';
import type { DateString } from '../paper.ts';
import { lastListDate, planDigest } from '../store/digests.ts';
import type { Store } from '../store/open.ts';
import { papersOfLists, type ListedPaper } from '../store/papers.ts';
import { dueSubscriptions } from '../store/subscriptions.ts';
import { nextSlot, slotAt } from './slot.ts';

/** After a pause a digest looks back this many lists, so that it never floods a channel. */
const LOOK_BACK_DAYS = 7;

export interface PlanOptions {
  readonly store: Store;
  readonly archive: Archive;
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes the digest of every slot that has come. A channel whose planning fails is logged and
 * tried again at the next tick; the others go on. Rejects only when the due ones can't be read.
 */
export async function planDue({ clock, log, archive, ...options }: PlanOptions): Promise<void> {
  const now = clock();
  const due = await dueSubscriptions(options.store, now.toISOString());
  if (due.length === 0) return;
  const states = await archive.states();
  const shared = { ...options, now, listed: readOnce(options.store) };
  for (const subscription of due) {
    try {
      await planOne(shared, subscription, archive.newestClosed(), states);
    } catch (error) {
      log.error({ channel: subscription.channel, err: error }, 'a digest could not be planned');
    }
  }
}

/** Reads the papers of each set of lists once, for as long as the returned function lives. */
export function readOnce(store: Store): SelectOptions['listed'] {
  const read = new Map<string, Promise<readonly ListedPaper[]>>();
  return (dates) => {
    const key = dates.join();
    const known = read.get(key) ?? papersOfLists(store, dates);
    read.set(key, known);
    return known;
  };
}

async function planOne(
  options: SelectOptions,
  subscription: Subscription,
  newest: DateString,
  states: readonly SourceState[],
): Promise<void> {
  const { channel, count, topics, layout, nextDue } = subscription;
  const dates = listsSince(await lastListDate(options.store, channel), newest);
  const content = await selectDigest(options, { count, topics, dates, channel });
  // A list with a source missing is drawn from again, so that late papers come next time.
  const listDate = states.some(isTroubled) ? undefined : content.dates[0];
  const plan = {
    channel,
    localDate: slotAt(subscription, nextDue).localDate,
    listDate,
    pages: composeDigest(
      withNote(content, sourceNote(states, content.ranked.length === 0)),
      layout,
    ),
    nextDue: nextSlot(subscription, options.now).due,
  };
  await planDigest(options.store, plan, options.now.toISOString());
}

/** The lists after `last` up to `newest`, newest first; the newest alone for a first digest. */
export function listsSince(last: DateString | undefined, newest: DateString): DateString[] {
  if (last === undefined) return [newest];
  const dates: DateString[] = [];
  let date = Temporal.PlainDate.from(newest);
  while (date.toString() > last && dates.length < LOOK_BACK_DAYS) {
    dates.push(date.toString());
    date = date.subtract({ days: 1 });
  }
  return dates;
}
