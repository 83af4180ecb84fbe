import type { PostedNow, SourceState, Subscription } from '../commands/command.ts';
import { UserError } from '../errors.ts';
import { composeDigest, type SelectOptions } from '../digest/index.ts';
import { writeDigest } from '../store/digests.ts';
import { heldUntil } from '../store/outbox-mark.ts';
import { nextContent, type Wanted as WantedContent } from './content.ts';
import type { NewestLists } from './lists.ts';
import { localDay } from './slot.ts';

const RESTORED =
  'Paperboy’s database was restored from a backup, and what is newest may stand here already. ' +
  'Digests that may have been posted are held: /papers status lists them, and /papers post works ' +
  'as usual from tomorrow.';

type Wanted = WantedContent &
  Pick<Subscription, 'timezone' | 'layout'> &
  Partial<Pick<Subscription, 'nextDue'>>;

/**
 * Writes a digest of what is newest for the channel, beside those of its schedule: one a local day,
 * however often it is asked for. The schedule goes on as if there had been none, save that no paper
 * comes twice. Rejects with `UserError` while a restored backup leaves in doubt what was posted.
 */
export async function planNow(
  options: SelectOptions,
  subscription: Wanted,
  newest: NewestLists,
  states: readonly SourceState[],
): Promise<PostedNow> {
  const { store, now } = options;
  const { channel, layout } = subscription;
  if (await isInDoubt(options, subscription)) throw new UserError(RESTORED);
  const content = await nextContent(options, subscription, newest, states);
  const papers = content.ranked.length;
  const note = content.note === undefined ? {} : { note: content.note };
  if (papers === 0) return { papers, already: false, ...note };
  const plan = {
    channel,
    localDate: localDay(subscription, now).toString(),
    occasion: 'asked',
    listDate: undefined,
    pages: composeDigest(content, layout),
  } as const;
  const isNew = await writeDigest(store, plan, now.toISOString());
  return { papers, already: !isNew, ...note };
}

/** Whether a slot, or somebody's own wish, may have been posted since the backup was made. */
async function isInDoubt(
  { store, now }: SelectOptions,
  subscription: Pick<Wanted, 'timezone' | 'nextDue'>,
): Promise<boolean> {
  const until = await heldUntil(store);
  if (until === undefined) return false;
  const day = (moment: Date) => localDay(subscription, moment).toString();
  const isSlotDoubtful = subscription.nextDue && subscription.nextDue <= new Date(until);
  return isSlotDoubtful === true || day(now) <= day(new Date(until));
}
