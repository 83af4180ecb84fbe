import { setImmediate } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import type { Archive } from '../archive/index.ts';
import type { Clock } from '../clock.ts';
import type { SourceState, Subscription } from '../commands/command.ts';
import { dayAndMonth } from '../compose.ts';
import {
  composeDigest,
  isTroubled,
  selectDigest,
  sourceNote,
  withNote,
  type DigestContent,
  type DigestSettings,
  type SelectOptions,
} from '../digest/index.ts';
import type { Log } from '../log.ts';
import type { DateString } from '../paper.ts';
import { lastListDate } from '../store/digest-history.ts';
import { planDigest } from '../store/digests.ts';
import { skipDigests, supersedeDigests } from '../store/skipped-digests.ts';
import type { Store } from '../store/open.ts';
import { papersOfLists, type ListedPaper } from '../store/papers.ts';
import type { Tastes } from '../tastes/index.ts';
import { dueSubscriptions } from '../store/subscriptions.ts';
import { inTurn } from './jitter.ts';
import { nextSlot, slotsBetween, type Slot } from './slot.ts';

/** A digest that is later than this is not caught up on: the next one is. */
const TOO_LATE_MS = 48 * 3_600_000;
const TOO_LATE = 'Paperboy was not running, and it would have been more than two days late.';

/** Of the slots that were missed, as many are noted. */
const MOST_SLOTS = 7;

/** After a pause a digest looks back this many lists, so that it never floods a channel. */
const LOOK_BACK_DAYS = 7;

export interface PlanOptions {
  readonly store: Store;
  readonly tastes?: Tastes;
  readonly archive: Archive;
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** The leading source's newest lists: one that has closed, and one that may still be open. */
export interface NewestLists {
  readonly closed: DateString;
  readonly opened: DateString;
}

/**
 * Writes the digest of every slot that has come. A channel whose planning fails is logged and
 * tried again at the next tick; the others go on. Rejects only when the due ones can't be read.
 */
export async function planDue({ clock, log, archive, ...options }: PlanOptions): Promise<void> {
  const now = clock();
  const due = inTurn(await dueSubscriptions(options.store, now.toISOString()), now);
  if (due.length === 0) return;
  const states = await archive.states();
  const newest = { closed: archive.newestClosed(), opened: archive.newestOpened() };
  const shared = { ...options, now, listed: readOnce(options.store) };
  for (const subscription of due) {
    // Lets events through: SQLite answers without ever leaving this turn of the loop.
    await setImmediate();
    try {
      await planOne(shared, subscription, newest, states);
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
  newest: NewestLists,
  states: readonly SourceState[],
): Promise<void> {
  const { store, now } = options;
  const { channel, layout, nextDue } = subscription;
  const slots = slotsBetween(subscription, nextDue, now, MOST_SLOTS);
  const slot = slots.at(-1);
  if (slot === undefined) return;
  const next = { channel, nextDue: nextSlot(subscription, now).due };
  if (now.getTime() - slot.due.getTime() > TOO_LATE_MS) {
    await skipDigests(
      store,
      { ...next, skipped: datesOf(slots), reason: TOO_LATE },
      now.toISOString(),
    );
    return;
  }
  const reason = `It is part of the digest of ${dayAndMonth(slot.localDate)}.`;
  await skipDigests(
    store,
    { channel, nextDue, skipped: datesOf(slots.slice(0, -1)), reason },
    now.toISOString(),
  );
  await supersedeDigests(store, channel, slot.localDate, reason);
  const content = await nextContent(options, subscription, newest, states);
  const plan = {
    ...next,
    localDate: slot.localDate,
    listDate: states.some(isTroubled) ? undefined : drawnUpTo(content, newest),
    pages: composeDigest(content, layout),
  };
  await planDigest(store, plan, now.toISOString());
}

/** A list that is still open, or may lack a source, is drawn from again: late papers come next time. */
function drawnUpTo({ dates }: DigestContent, { closed }: NewestLists): DateString | undefined {
  const [newest] = dates;
  return newest === undefined || newest < closed ? newest : closed;
}

function datesOf(slots: readonly Slot[]): DateString[] {
  return slots.map(({ localDate }) => localDate);
}

/** What a channel's next digest would hold if it came now. */
export async function nextContent(
  options: SelectOptions,
  subscription: Pick<Subscription, 'channel' | 'count' | 'topics' | 'muted' | 'mode'>,
  { closed, opened }: NewestLists,
  states: readonly SourceState[],
): Promise<DigestContent> {
  const { channel, count, topics, muted, mode } = subscription;
  const newest = mode === 'early' ? opened : closed;
  const dates = listsSince(await lastListDate(options.store, channel), newest);
  const content = await selectDigest(options, { count, topics, muted, dates, channel });
  const isEarly = content.dates.some((date) => date > closed);
  const note = sourceNote(states, content.ranked.length === 0);
  return withNote(content, joined(isEarly ? EARLY : undefined, note));
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}

const EARLY = 'An early digest: this list is still open, and votes are still coming in.';

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
