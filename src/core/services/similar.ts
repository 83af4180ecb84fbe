import type { Paper } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { createMute } from '../ranking/muting.ts';
import type { ServiceOptions } from './options.ts';
import { mutedIn } from './subscription.ts';

/** Of so many only the farthest are left, which are like nothing. */
const FARTHEST = 1000;

/** The papers most like one, best first, without withdrawn ones and what is muted there. */
export async function similarIn(
  { store, settings, similar }: ServiceOptions,
  channel: ChannelRef,
  paper: Paper,
  count: number,
): Promise<readonly Paper[]> {
  const muted = await mutedIn(store, channel);
  const mutes = createMute([...settings.profile.muted, ...muted]);
  for (let limit = count; ; limit *= 4) {
    const found = await similar(paper, limit);
    const allowed = found.filter((each) => mutes(each) === undefined);
    const isAll = found.length < limit || limit >= FARTHEST;
    if (allowed.length >= count || isAll) return allowed.slice(0, count);
  }
}
