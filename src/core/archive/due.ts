import type { ListRecord } from '../store/sources.ts';
import { hasClosed, hasOpened, type ListDate } from './days.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * How often an open list is read, in milliseconds. A list grows for 24 hours by about two papers
 * an hour (docs: 61 % of the final list is there after 8 hours), so half an hour misses little and
 * costs 48 requests a day, of the 500 in five minutes that Hugging Face allows.
 */
export const POLL_MS = 30 * MINUTE_MS;

/**
 * How long after a list's close it is read as closed, in milliseconds: the closing minute was
 * measured on the papers' own timestamps, and the reply may come from a cache for a while.
 */
export const SETTLE_MS = 10 * MINUTE_MS;

/**
 * When a closed list is read again, in days after its close: votes keep growing for a week (+58 %
 * on the first day, +136 % in seven), and code, summaries and organizations are added late.
 */
const REVISITS_DAYS = [1, 2, 3, 7] as const;

/** The oldest list that is still read again: the last revisit, and the day on which a list closes. */
export const WINDOW_DAYS = Math.max(...REVISITS_DAYS) + 1;

/** What was last read of a list: when, and how many papers. */
export type LastReading = Pick<ListRecord, 'fetchedAt' | 'paperCount'>;

/**
 * Whether a list should be read now, decided only by its last reading. An open list: every
 * `POLL_MS`. A closed one: once after each checkpoint (its close, and the revisits), so that a
 * process that slept through several of them reads it once. A list that was empty after its close
 * is late rather than empty, so it is polled like an open one until the first revisit.
 */
export function isDue(list: ListDate, last: LastReading | undefined, now: Date): boolean {
  if (!hasOpened(list, now)) return false;
  if (last === undefined || isAhead(last, now)) return !isSettling(list, now);
  const checkpoint = newestCheckpoint(list, now);
  const fetchedAt = Date.parse(last.fetchedAt);
  if (checkpoint !== undefined && fetchedAt < checkpoint) return true;
  const isPolled = hasClosed(list, now) ? isLate(list, last, now) : true;
  return isPolled && now.getTime() - fetchedAt >= POLL_MS;
}

/** Read under a clock that was set back since: when that was, nobody knows. */
function isAhead({ fetchedAt }: LastReading, now: Date): boolean {
  return Date.parse(fetchedAt) > now.getTime();
}

/** Just closed: what it lacks now may still come. */
function isSettling(list: ListDate, now: Date): boolean {
  return hasClosed(list, now) && newestCheckpoint(list, now) === undefined;
}

function isLate({ closesAt }: ListDate, { paperCount }: LastReading, now: Date): boolean {
  const settled = Date.parse(closesAt) + SETTLE_MS;
  return paperCount === 0 && now.getTime() >= settled && now.getTime() < settled + DAY_MS;
}

/** The newest moment, in milliseconds, since which a closed list should have been read. */
export function newestCheckpoint({ closesAt }: ListDate, now: Date): number | undefined {
  const settled = Date.parse(closesAt) + SETTLE_MS;
  return [0, ...REVISITS_DAYS]
    .map((days) => settled + days * DAY_MS)
    .findLast((checkpoint) => checkpoint <= now.getTime());
}
