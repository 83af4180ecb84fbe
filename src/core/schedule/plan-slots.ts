import type { SourceState, Subscription } from '../commands/command.ts';
import { dayAndMonth } from '../compose.ts';
import {
  composeDigest,
  isTroubled,
  type DigestContent,
  type SelectOptions,
} from '../digest/index.ts';
import type { DateString, Instant } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { lastQuietDay } from '../store/digest-history.ts';
import { planDigest } from '../store/digests.ts';
import { skipDigests, supersedeDigests } from '../store/skipped-digests.ts';
import { nextContent, type NewestLists } from './content.ts';
import { nextSlot, slotsBetween, type Slot } from './slot.ts';

/** A digest that is later than this is not caught up on: the next one is. */
const TOO_LATE_MS = 48 * 3_600_000;
const TOO_LATE = 'Paperboy was not running, and it would have been more than two days late.';

const RESTORED =
  'Paperboy’s database was restored from a backup, and this digest may have been posted before.';

/** Of the slots that were missed, as many are noted. */
const MOST_SLOTS = 7;

/** What the digests that are planned at one moment share. */
export interface PlanContext extends SelectOptions {
  readonly states: readonly SourceState[];
  newestAt(moment: Date): NewestLists;
  /** Slots up to then may have been posted before a backup was restored. */
  readonly heldUntil: Instant | undefined;
}

/**
 * Writes one digest for all slots of a subscription that have come, and moves it to its next slot.
 * Slots that may have been posted already get a digest that is held, and later ones follow at the
 * next tick, so that what was posted is taken as such.
 */
export async function planSlots(context: PlanContext, subscription: Subscription): Promise<void> {
  const { heldUntil = '', now } = context;
  const slots = slotsBetween(subscription, subscription.nextDue, now, MOST_SLOTS);
  const doubtful = slots.filter(({ due }) => due.toISOString() <= heldUntil);
  await (doubtful.length > 0
    ? planHeld(context, subscription, doubtful)
    : planNewest(context, subscription, slots));
}

async function planHeld(
  context: PlanContext,
  subscription: Subscription,
  slots: readonly Slot[],
): Promise<void> {
  const slot = slots.at(-1);
  if (slot === undefined) return;
  await noteMerged(context, subscription, slots, slot);
  const nextDue = nextSlot(subscription, slot.due).due;
  await write(context, subscription, { slot, nextDue, held: RESTORED });
}

async function planNewest(
  context: PlanContext,
  subscription: Subscription,
  slots: readonly Slot[],
): Promise<void> {
  const { store, now } = context;
  const { channel } = subscription;
  const slot = slots.at(-1);
  if (slot === undefined) return;
  const nextDue = nextSlot(subscription, now).due;
  if (now.getTime() - slot.due.getTime() > TOO_LATE_MS) {
    const skipped = { channel, nextDue, skipped: datesOf(slots), reason: TOO_LATE };
    await skipDigests(store, skipped, now.toISOString());
    return;
  }
  await noteMerged(context, subscription, slots, slot);
  await supersedeDigests(store, channel, slot.localDate, partOf(slot));
  await write(context, subscription, { slot, nextDue });
}

/** Notes the earlier slots, whose papers come with `slot`. */
async function noteMerged(
  { store, now }: PlanContext,
  { channel, nextDue }: Subscription,
  slots: readonly Slot[],
  slot: Slot,
): Promise<void> {
  const skipped = datesOf(slots.slice(0, -1));
  await skipDigests(store, { channel, nextDue, skipped, reason: partOf(slot) }, now.toISOString());
}

interface Writing {
  readonly slot: Slot;
  readonly nextDue: Date;
  /** Why it is not to be posted. */
  readonly held?: string;
}

async function write(
  context: PlanContext,
  subscription: Subscription,
  { slot, nextDue, held }: Writing,
): Promise<void> {
  const { store, now, states } = context;
  const { channel, layout } = subscription;
  const newest = context.newestAt(held === undefined ? now : slot.due);
  const content = await nextContent(context, subscription, newest, states);
  const said = await quietDay(context, channel, content);
  if (said !== undefined) {
    const reason = `There was nothing new since ${dayAndMonth(said)}, which said why.`;
    const skipped = { channel, nextDue, skipped: [slot.localDate], reason };
    await skipDigests(store, skipped, now.toISOString());
    return;
  }
  const plan = {
    channel,
    nextDue,
    localDate: slot.localDate,
    listDate: drawnUpTo(content, newest, states),
    pages: composeDigest(content, layout),
    ...(held !== undefined && { held }),
  };
  await planDigest(store, plan, now.toISOString());
}

/** The day that said already why nothing comes: a pause is said once, and trouble whenever it lasts. */
async function quietDay(
  { store, states }: PlanContext,
  channel: ChannelRef,
  { ranked }: DigestContent,
): Promise<DateString | undefined> {
  if (ranked.length > 0 || states.some(isTroubled)) return undefined;
  return lastQuietDay(store, channel);
}

/** A list that is still open, or may lack a source, is drawn from again: late papers come next time. */
function drawnUpTo(
  { dates }: DigestContent,
  { closed }: NewestLists,
  states: readonly SourceState[],
): DateString | undefined {
  if (states.some((state) => isTroubled(state) || isMissing(state, closed))) return undefined;
  const [newest] = dates;
  return newest === undefined || newest < closed ? newest : closed;
}

/** What a source still owes of a list that the digest drew from. */
function isMissing({ missing }: SourceState, closed: DateString): boolean {
  return missing !== undefined && missing <= closed;
}

function partOf({ localDate }: Slot): string {
  return `It is part of the digest of ${dayAndMonth(localDate)}.`;
}

function datesOf(slots: readonly Slot[]): DateString[] {
  return slots.map(({ localDate }) => localDate);
}
