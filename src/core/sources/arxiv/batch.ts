import { SourceError } from '../../errors.ts';
import type { DateString } from '../../paper.ts';
import type { Fetched } from '../source.ts';
import { arxivDate, arxivDay } from './calendar.ts';
import type { BatchFeed, BatchItem } from './feeds.ts';
import { toPapers } from './paper.ts';

/** arXiv's feed ends there without a word (arXiv/arxiv-feed, `result_limit`). */
const FEED_LIMIT = 2000;

/** Above this share of papers that the batch before had as new, a feed is that batch again. */
const STALE_SHARE = 0.1;

/** The ids that an earlier batch announced as new. */
export interface EarlierBatch {
  readonly date: DateString;
  readonly ids: ReadonlySet<string>;
}

/** The ids that this batch announces as new: each paper is so once in its life. */
export function newIds(feed: BatchFeed): Set<string> {
  const items = feed.items.filter(({ announced }) => announced === 'new');
  return new Set(toPapers(items).papers.map(({ id }) => id));
}

/**
 * The list of `date` in its feed: what is new or newly cross-listed, once each; replacements are no
 * news. Throws `SourceError` `late`, since asking again later helps, when the feed is another day's (by its date, or since it repeats `earlier`: arXiv has served yesterday's batch under
 * today's date), or when it is empty although arXiv announced that day.
 */
export function readBatch(feed: BatchFeed, date: DateString, earlier?: EarlierBatch): Fetched {
  refuseStale(feed, date, earlier);
  if (feed.items.length === 0 && arxivDay(date).kind === 'list') throw emptyList(date);
  const fresh = feed.items.filter(({ announced }) => announced === 'new');
  const crossed = feed.items.filter(({ announced }) => announced === 'cross');
  const unknown = feed.items.filter(({ announced }) => !KNOWN_TYPES.has(announced));
  const { papers, skipped } = toPapers([...fresh, ...crossed.map(undated)], date);
  return {
    papers,
    skipped: [
      ...skipped,
      ...unknown.map(({ id, announced }) => ({ id, reason: `announce type “${announced}”` })),
      ...(feed.items.length >= FEED_LIMIT ? [CUT] : []),
    ],
  };
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(['new', 'cross', 'replace', 'replace-cross']);

const CUT = { id: '(the rest)', reason: `arXiv’s feed ends after ${FEED_LIMIT} items` };

function emptyList(date: DateString): SourceError {
  return new SourceError(
    'late',
    `arXiv gives no papers for ${date} yet, a day with an announcement`,
  );
}

/** The date of a cross-listed item is the batch's, while the paper may be years old. */
function undated(item: BatchItem): BatchItem {
  return { ...item, published: '' };
}

function refuseStale(feed: BatchFeed, date: DateString, earlier?: EarlierBatch): void {
  const dates = [feed.date, ...feed.items.map(({ published }) => published ?? feed.date)];
  const stray = dates.map(dayOf).find((day) => day !== date);
  if (stray !== undefined) throw stale(stray, date);
  if (!earlier || earlier.date >= date) return;
  const ids = newIds(feed);
  const again = [...ids].filter((id) => earlier.ids.has(id)).length;
  if (again > ids.size * STALE_SHARE) throw stale(earlier.date, date);
}

function stale(day: DateString, date: DateString): SourceError {
  const message = `arXiv’s feed still holds the batch of ${day} where that of ${date} is due`;
  return new SourceError('late', message);
}

function dayOf(date: string | undefined): DateString {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) throw new SourceError('unreadable', 'arXiv’s feed has no date');
  return arxivDate(new Date(time));
}
