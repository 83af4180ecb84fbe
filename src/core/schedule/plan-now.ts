import type { PostedNow, SourceState, Subscription } from '../commands/command.ts';
import { composeDigest, type SelectOptions } from '../digest/index.ts';
import { writeDigest } from '../store/digests.ts';
import { nextContent, type NewestLists } from './content.ts';
import { localDay } from './slot.ts';

/**
 * Writes a digest of what is newest for the channel, beside those of its schedule: one a local day,
 * however often it is asked for. The schedule goes on as if there had been none, save that no paper
 * comes twice.
 */
export async function planNow(
  options: SelectOptions,
  subscription: Pick<
    Subscription,
    'channel' | 'timezone' | 'layout' | 'count' | 'topics' | 'muted' | 'mode'
  >,
  newest: NewestLists,
  states: readonly SourceState[],
): Promise<PostedNow> {
  const { store, now } = options;
  const { channel, layout } = subscription;
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
