import type { Archive } from '../archive/index.ts';
import { dayAndMonth } from '../compose.ts';
import type { SelectOptions } from '../digest/index.ts';
import type { DateString, Instant } from '../paper.ts';
import { daysBefore, lastDays, type NewestLists } from './lists.ts';

/** For so long a paper in doubt is kept back when it returns on a later list: most do within days. */
const RETURN_DAYS = 14;

/** So many lists up to the last one in doubt are looked through: more than a digest reaches back. */
const DOUBTED_LISTS = 21;

/**
 * The newest lists at that moment, and those that a database may have drawn from which this one's
 * backup replaced. It posted until `heldUntil`: digests of slots up to then are held themselves.
 */
export function newestLists(
  archive: Pick<Archive, 'newestClosed' | 'newestOpened'>,
  heldUntil: Instant | undefined,
  moment: Date,
): NewestLists {
  const at = (when: Date) => ({
    closed: archive.newestClosed(when),
    opened: archive.newestOpened(when),
  });
  const isLost = heldUntil !== undefined && heldUntil < moment.toISOString();
  return { ...at(moment), ...(isLost && { lost: at(new Date(heldUntil)) }) };
}

/**
 * The options without the papers of lists up to `lost`, for good: any may have been posted, on time,
 * late or as a late bloomer, so none is, nor from a list of the next two weeks.
 */
export function beyondDoubt(options: SelectOptions, lost: DateString | undefined): SelectOptions {
  if (lost === undefined) return options;
  const listed: SelectOptions['listed'] = async (dates) => {
    const papers = await options.listed(dates);
    if (dates.every((date) => daysBefore(date, RETURN_DAYS) > lost)) return papers;
    const doubted = await options.listed(lastDays(lost, DOUBTED_LISTS));
    const ids = new Set(doubted.map(({ paper }) => paper.id));
    return papers.filter(({ paper }) => !ids.has(paper.id));
  };
  return { ...options, listed };
}

/** What a digest says that would have drawn from these lists. */
export function doubtNote(
  wished: readonly DateString[],
  lost: DateString | undefined,
): string | undefined {
  if (lost === undefined || wished.every((date) => date > lost)) return undefined;
  return (
    `Papers of lists up to ${dayAndMonth(lost)} are left out: Paperboy’s database was restored from ` +
    'a backup, and they may stand here already.'
  );
}
