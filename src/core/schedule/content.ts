import type { SourceState, Subscription } from '../commands/command.ts';
import {
  lateBloomers,
  selectDigest,
  sourceNote,
  whoseTaste,
  withNote,
  type DigestContent,
  type DigestWish,
  type SelectOptions,
} from '../digest/index.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { DateString } from '../paper.ts';
import { firstOffered, lastDrawn, type LastDrawn } from '../store/digest-history.ts';
import type { Store } from '../store/open.ts';
import { beyondDoubt, doubtNote } from './in-doubt.ts';
import { daysBefore, drawnLists, listsSince, newestOf, type NewestLists } from './lists.ts';

const EARLY = 'An early digest: this list is still open, and votes are still coming in.';

/** What a channel's next digest would hold if it came now. */
export async function nextContent(
  options: SelectOptions,
  subscription: Wanted,
  newest: NewestLists,
  states: readonly SourceState[],
): Promise<DigestContent> {
  const { channel, mode, without } = subscription;
  const whose = whoseTaste(subscription);
  const last = await lastDrawn(options.store, channel, without);
  const lost = newest.lost && newestOf(mode, newest.lost);
  const clear = beyondDoubt(options, lost);
  const since = last?.date ?? (await beforeFirst(options.store, subscription, newest));
  const dates = listsSince(since, newestOf(mode, newest));
  const content = await select(clear, { ...subscription, whose, dates }, last);
  const isEarly = content.dates.some((date) => date > newest.closed);
  const note = sourceNote(states, content.ranked.length === 0);
  const late = await bloomers(clear, subscription, { last, ranked: content.ranked });
  const whole = { ...content, ranked: [...content.ranked, ...late], late: late.length };
  const barred = whole.ranked.length === 0 ? barredNote(content.total) : undefined;
  const early = isEarly ? EARLY : undefined;
  return withNote(whole, joined(early, doubtNote(dates, lost), barred, note));
}

/** Why a list leaves a digest empty. */
function barredNote(total: number): string | undefined {
  if (total === 0) return undefined;
  const all = total === 1 ? 'The only new paper' : `Each of the ${total} new papers`;
  return `${all} is one that this channel does not show: /papers preview says why.`;
}

/** What a digest is made for. */
export type Wanted = Pick<Subscription, 'channel' | 'count' | 'topics' | 'muted' | 'mode'> &
  Partial<Pick<Subscription, 'reader' | 'personal'>> &
  Pick<DigestWish, 'without'> & {
    /** The newest list when the first of its slots came; asked before a channel's first digest alone. */
    readonly start?: () => DateString;
  };

/**
 * The day before the first list that a channel was to get, where no digest of it has come: undefined
 * where the newest list is the first.
 */
async function beforeFirst(
  store: Store,
  { channel, mode, start }: Wanted,
  newest: NewestLists,
): Promise<DateString | undefined> {
  const offered = await firstOffered(store, channel);
  const [first = ''] = [offered, start?.()].filter((date) => date !== undefined).sort();
  return first === '' || first > newestOf(mode, newest) ? undefined : daysBefore(first, 1);
}

/** Ranks the lists of `wish`, and what has come late to those drawn from before. */
async function select(
  options: SelectOptions,
  wish: DigestWish,
  last: LastDrawn | undefined,
): Promise<DigestContent> {
  if (last === undefined) return selectDigest(options, wish);
  const drawn = drawnLists(last, options.now).map(({ date }) => date);
  const late = (await options.listed(drawn)).filter(({ listedAt }) => listedAt > last.at);
  if (late.length === 0) return selectDigest(options, wish);
  const listed = async () => {
    const fresh = await options.listed(wish.dates);
    const ids = new Set(fresh.map(({ paper }) => paper.id));
    return [...fresh, ...late.filter(({ paper }) => !ids.has(paper.id))];
  };
  return selectDigest({ ...options, listed }, { ...wish, dates: [...wish.dates, ...drawn] });
}

interface Shown {
  readonly last: LastDrawn | undefined;
  /** What the digest holds anyway. */
  readonly ranked: readonly Ranked[];
}

/** What has entered the top of the lists that the channel has seen. */
async function bloomers(
  options: SelectOptions,
  wanted: Wanted,
  { last, ranked }: Shown,
): Promise<Ranked[]> {
  if (last === undefined) return [];
  const drawn = drawnLists(last, options.now);
  const shown = new Set(ranked.map(({ paper }) => paper.id));
  const wish = { ...wanted, whose: whoseTaste(wanted) };
  const entered = await lateBloomers(options, wish, drawn);
  return entered.filter(({ paper }) => !shown.has(paper.id));
}

/** Some notes as one, those that there are. */
export function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}
