import { SourceError } from '../../errors.ts';
import type { DateString } from '../../paper.ts';
import type { Fetched } from '../source.ts';
import { submissionWindow } from './calendar.ts';
import type { SubmissionWindow } from './calendar.ts';
import type { Entry } from './feeds.ts';
import { toPapers } from './paper.ts';
import { categoryQuery } from './query.ts';
import type { Ask } from './request.ts';

/** arXiv allows 2,000 but is slow beyond a few hundred; 500 entries are about 1.2 MB. */
const PAGE = 500;

/** arXiv gives no more of one query (https://info.arxiv.org/help/api/user-manual.html). */
const MOST = 30_000;

/**
 * The list of a day whose feed is gone: what was submitted for that announcement, by the query API.
 * It can't tell announcements, so a paper that was held back stands on the list of its submission,
 * and later cross-lists are on the list too. Empty for a day without a list. Rejects with
 * `SourceError`; also when there is nothing at all, or when a page stays empty before the end.
 */
export async function fetchPast(
  ask: Ask,
  categories: readonly string[],
  date: DateString,
  signal?: AbortSignal,
): Promise<Fetched> {
  const window = submissionWindow(date);
  if (!window) return { papers: [], skipped: [] };
  const entries = await allPages(ask, queryOf(categories, window), signal);
  if (entries.length === 0) {
    const message = `arXiv gave no papers for ${date}, a day with an announcement`;
    throw new SourceError('unreachable', message);
  }
  const { papers, skipped } = toPapers(entries, date);
  const within = papers.filter(
    ({ publishedAt = window.from }) => publishedAt >= window.from && publishedAt < window.to,
  );
  return { papers: within, skipped };
}

function queryOf(categories: readonly string[], { from, to }: SubmissionWindow): string {
  return `${categoryQuery(categories)} AND submittedDate:[${minute(from)} TO ${minute(to)}]`;
}

/** `202601201900`, in GMT. */
function minute(instant: string): string {
  return instant.replace(/\D/g, '').slice(0, 'YYYYMMDDHHMM'.length);
}

async function allPages(ask: Ask, query: string, signal?: AbortSignal): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const { total, page } = await fullPage(ask, query, entries.length, signal);
    entries.push(...page);
    if (entries.length >= Math.min(total, MOST)) return entries;
  }
}

/** Now and then arXiv answers a page in the middle without entries; asking again mends it. */
async function fullPage(
  ask: Ask,
  query: string,
  start: number,
  signal?: AbortSignal,
): Promise<{ total: number; page: readonly Entry[] }> {
  for (let tried = 1; ; tried++) {
    const { total, entries } = await ask.api(
      {
        search_query: query,
        start,
        max_results: PAGE,
        sortBy: 'submittedDate',
        sortOrder: 'ascending',
      },
      signal,
    );
    if (entries.length > 0 || start >= total) return { total, page: entries };
    if (tried < 3) continue;
    const message = `arXiv gave an empty page after ${start} of ${total} papers`;
    throw new SourceError('unreadable', message);
  }
}
