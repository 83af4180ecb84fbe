import { Temporal } from 'temporal-polyfill';
import type { SourceState, Subscription } from '../commands/command.ts';
import {
  lateBloomers,
  selectDigest,
  sourceNote,
  withNote,
  type DigestContent,
  type DigestWish,
  type SelectOptions,
} from '../digest/index.ts';
import type { DateString } from '../paper.ts';
import type { Ranked } from '../ranking/signal.ts';
import { hasHeld, lastDrawn, type LastDrawn } from '../store/digest-history.ts';

/** After a pause a digest looks back this many lists, so that it never floods a channel. */
const LOOK_BACK_DAYS = 7;

const EARLY = 'An early digest: this list is still open, and votes are still coming in.';

/** The leading source's newest lists: one that has closed, and one that may still be open. */
export interface NewestLists {
  readonly closed: DateString;
  readonly opened: DateString;
}

/** What a channel's next digest would hold if it came now. */
export async function nextContent(
  options: SelectOptions,
  subscription: Wanted,
  { closed, opened }: NewestLists,
  states: readonly SourceState[],
): Promise<DigestContent> {
  const { channel, mode, without } = subscription;
  const last = await lastDrawn(options.store, channel, without);
  const dates = listsSince(last?.date, mode === 'early' ? opened : closed);
  const content = await selectDigest(options, { ...subscription, dates });
  const isEarly = content.dates.some((date) => date > closed);
  const note = sourceNote(states, content.ranked.length === 0);
  const late = await bloomers(options, subscription, last);
  const whole = { ...content, ranked: [...content.ranked, ...late], late: late.length };
  return withNote(whole, joined(isEarly ? EARLY : undefined, note));
}

type Wanted = Pick<Subscription, 'channel' | 'count' | 'topics' | 'muted' | 'mode'> &
  Pick<DigestWish, 'without'>;

/** What has entered the top of the lists that the channel has seen. Not after a restored backup. */
async function bloomers(
  options: SelectOptions,
  wanted: Wanted,
  last: LastDrawn | undefined,
): Promise<Ranked[]> {
  if (last === undefined || (await hasHeld(options.store, wanted.channel))) return [];
  const oldest = Temporal.PlainDate.from(last.date).subtract({ days: LOOK_BACK_DAYS });
  const dates = listsSince(oldest.toString(), last.date);
  return lateBloomers(options, { ...wanted, dates }, last.at);
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
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
