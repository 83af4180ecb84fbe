import type { SourceState, Subscription } from '../commands/command.ts';
import { dayAndMonth } from '../compose.ts';
import { composeDigest, type DigestContent, type SelectOptions } from '../digest/index.ts';
import type { DateString, Instant } from '../paper.ts';
import { lastQuietDay } from '../store/digest-history.ts';
import type { Store } from '../store/open.ts';
import { planSlots, untouchedDigests, type SlotsPlan } from '../store/slots.ts';
import { nextContent } from './content.ts';
import { drawnUpTo, mayBeOwed } from './drawn.ts';
import { dueSlots, nextFreeSlot } from './free-slots.ts';
import { newestOf, reaches, type NewestLists } from './lists.ts';
import { withOutlook } from './outlook.ts';
import type { Slot } from './slot.ts';

/** A digest that is later than this is not caught up on: the next one is. */
const TOO_LATE_MS = 48 * 3_600_000;
const TOO_LATE =
  'Paperboy was not running or could not make it, and it would have been more than two days late.';

const SILENT = 'There was nothing new, and this channel wants no note of that.';

const RESTORED =
  'Paperboy’s database was restored from a backup, and this digest may have been posted before.';

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
 * next tick, so that what was posted is taken as such. A subscription that is changed or ended
 * meanwhile is left to the next tick.
 */
export async function planDueSlots(
  context: PlanContext,
  subscription: Subscription,
): Promise<void> {
  const { store, now, heldUntil = '' } = context;
  const due = await dueSlots(store, subscription, now);
  const doubtful = due.filter((slot) => slot.due.toISOString() <= heldUntil);
  const slots = doubtful.length > 0 ? doubtful : due;
  const held = doubtful.length > 0 ? { held: RESTORED } : {};
  const after = doubtful.at(-1)?.due ?? now;
  const plan = {
    subscription,
    nextDue: (await nextFreeSlot(store, subscription, after, slots)).due,
    ...(await outcomeOf(context, subscription, { slots, ...held })),
  };
  await planSlots(store, plan, now.toISOString());
}

interface DueSlots {
  /** Oldest first. */
  readonly slots: readonly Slot[];
  /** Why their digest is not to be posted. */
  readonly held?: string;
}

type Outcome = Pick<SlotsPlan, 'skipped' | 'superseded' | 'digest'>;

/** The papers of all slots come with the last of them, and with them those of waiting digests. */
async function outcomeOf(
  context: PlanContext,
  subscription: Subscription,
  { slots, held }: DueSlots,
): Promise<Outcome> {
  const { store, now } = context;
  const { channel } = subscription;
  const slot = slots.at(-1);
  if (slot === undefined) return {};
  if (held === undefined && now.getTime() - slot.due.getTime() > TOO_LATE_MS) {
    return { skipped: [{ days: daysOf(slots), reason: TOO_LATE }] };
  }
  const ids = held === undefined ? await untouchedDigests(store, channel, slot.localDate) : [];
  const merged = mergedInto(slot, slots.slice(0, -1), context, subscription);
  const { skipped = [], ...rest } = await digestOf(context, subscription, {
    first: slots[0] ?? slot,
    slot,
    without: ids,
    ...(held !== undefined && { held }),
  });
  const superseded = ids.length > 0 ? { superseded: { ids, reason: partOf(slot) } } : {};
  return { skipped: [...merged, ...skipped], ...superseded, ...rest };
}

/** Why the others have no digest of their own: it reaches back a week, and what came before is past. */
function mergedInto(
  slot: Slot,
  others: readonly Slot[],
  context: PlanContext,
  { mode }: Subscription,
): { readonly days: DateString[]; readonly reason: string }[] {
  const listOf = ({ due }: Slot) => newestOf(mode, context.newestAt(due));
  const isPart = (each: Slot) => reaches(listOf(slot), listOf(each));
  return [
    { days: daysOf(others.filter((each) => !isPart(each))), reason: TOO_LATE },
    { days: daysOf(others.filter(isPart)), reason: partOf(slot) },
  ];
}

interface Wish extends Pick<DueSlots, 'held'> {
  /** The oldest of the slots that it is for. */
  readonly first: Slot;
  readonly slot: Slot;
  /** Digests that it stands in for. */
  readonly without: readonly number[];
}

/** The slot's digest, or why there is none. */
async function digestOf(
  context: PlanContext,
  subscription: Subscription,
  { first, slot, without, held }: Wish,
): Promise<Outcome> {
  const { store, now, states } = context;
  const { channel, layout, mode } = subscription;
  const start = () => newestOf(mode, context.newestAt(first.due));
  const wanted = { ...subscription, without, start };
  const newest = context.newestAt(held === undefined ? now : slot.due);
  const content = await nextContent(context, wanted, newest, states);
  const isOwed = mayBeOwed(states, newest);
  const quiet = await whyQuiet(store, wanted, content, { isOwed, held });
  const drawn = drawnUpTo(content, mode, newest);
  if (quiet !== undefined) {
    const { firstList } = drawn;
    return { skipped: [{ days: [slot.localDate], reason: quiet, firstList }] };
  }
  const digest = {
    channel,
    localDate: slot.localDate,
    due: slot.due.toISOString(),
    ...drawn,
    pages: composeDigest(isOwed ? content : withOutlook(content, subscription, context), layout),
    ...(held !== undefined && { held, listDate: newest.closed }),
  };
  return { digest };
}

/** Why nothing is said: a pause is said once, and trouble as long as it lasts. */
async function whyQuiet(
  store: Store,
  { channel, silent, without }: Subscription & Pick<Wish, 'without'>,
  { ranked }: DigestContent,
  { isOwed, held }: { readonly isOwed: boolean; readonly held: string | undefined },
): Promise<string | undefined> {
  if (ranked.length > 0) return undefined;
  if (silent === true && held === undefined) return SILENT;
  const said = isOwed ? undefined : await lastQuietDay(store, channel, without);
  return said && `There was nothing new since ${dayAndMonth(said)}, which said why.`;
}

function partOf({ localDate }: Slot): string {
  return `It is part of the digest of ${dayAndMonth(localDate)}.`;
}

function daysOf(slots: readonly Slot[]): DateString[] {
  return slots.map(({ localDate }) => localDate);
}
