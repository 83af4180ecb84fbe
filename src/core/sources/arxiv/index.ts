import type { Clock } from '../../clock.ts';
import type { Http } from '../../http.ts';
import { toPaperId } from '../../paper.ts';
import type { DateString, Paper } from '../../paper.ts';
import { createGate } from '../gate.ts';
import type { Gate } from '../gate.ts';
import type { Fetched, PaperSource } from '../source.ts';
import { newIds, readBatch } from './batch.ts';
import type { EarlierBatch } from './batch.ts';
import { arxivDate, arxivDay } from './calendar.ts';
import { createDayCache } from './day-cache.ts';
import type { ApiPage } from './feeds.ts';
import { ARXIV, toPapers } from './paper.ts';
import { fetchPast } from './past.ts';
import { searchQuery } from './query.ts';
import { ARXIV_INTERVAL_MS, createAsk } from './request.ts';
import type { Addresses, Ask } from './request.ts';

export { ARXIV } from './paper.ts';
export { ARXIV_INTERVAL_MS } from './request.ts';

export interface ArxivOptions extends Addresses {
  readonly http: Http;
  /** What the daily lists hold: `cs.CL`, or a whole archive as `cs`. At least one. */
  readonly categories: readonly string[];
  /** Shared by everything in the process that asks arXiv. */
  readonly gate?: Gate;
  readonly clock: Clock;
}

/** One more than a screen of hits, and a reply of about 0.2 MB. */
const MOST_HITS = 100;

/** arXiv: the announcement batch of each day, single papers, and search over all of it. */
export function createArxiv(options: ArxivOptions): PaperSource {
  const { http, gate = createGate({ intervalMs: ARXIV_INTERVAL_MS }), clock } = options;
  const ask = createAsk(http, gate, options);
  const pages = createDayCache<ApiPage>(clock);
  const cached: Ask['api'] = (query, signal) =>
    pages.get(JSON.stringify(query), () => ask.api(query, signal));
  return {
    id: ARXIV,
    name: 'arXiv',
    day: arxivDay,
    fetch: createFetch(ask, options),
    find: (id, signal) => find(cached, id, signal),
    search: (query, limit, signal) => search(cached, query, limit, signal),
  };
}

/**
 * Today's batch stands in the feed and nowhere else; the feed is rebuilt each midnight and has no
 * history, so older days are asked of the query API. A day to come is empty, unasked.
 */
function createFetch(ask: Ask, { categories, clock }: ArxivOptions): PaperSource['fetch'] {
  let batches: EarlierBatch[] = [];
  return async (date, signal) => {
    const today = arxivDate(clock());
    if (date > today || isWeekend(date)) return { papers: [], skipped: [] };
    if (date < today) return fetchPast(ask, categories, date, signal);
    const feed = await ask.batch(categories, signal);
    const earlier = batches.findLast((batch) => batch.date < date);
    const fetched = readBatch(feed, date, earlier);
    batches = [...(earlier ? [earlier] : []), { date, ids: newIds(feed) }];
    return fetched;
  };
}

function isWeekend(date: DateString): boolean {
  const day = arxivDay(date);
  return day.kind === 'quiet' && day.reason === 'weekend';
}

async function find(
  api: Ask['api'],
  text: string,
  signal?: AbortSignal,
): Promise<Paper | undefined> {
  const id = toPaperId(text);
  if (id === undefined) return undefined;
  const { entries } = await api({ id_list: id, max_results: 1 }, signal);
  return toPapers(entries).papers.find((paper) => paper.id === id);
}

async function search(
  api: Ask['api'],
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Fetched> {
  const query = searchQuery(text);
  const wanted = Math.min(Math.trunc(limit), MOST_HITS);
  if (query === undefined || wanted < 1) return { papers: [], skipped: [] };
  const { entries } = await api(
    { search_query: query, max_results: wanted, sortBy: 'relevance', sortOrder: 'descending' },
    signal,
  );
  return toPapers(entries);
}
