import { SourceError } from '../../errors.ts';
import type { DateString } from '../../paper.ts';
import type { Fetched } from '../source.ts';
import type { Ask } from './api.ts';
import { collect } from './items.ts';
import { DailyItem, Items } from './schema.ts';

/** The most that the API gives at once. Its default, 50, cuts 6 % of days short. */
const LIMIT = 100;

/**
 * A page below this is the last. It is the API's default and not `LIMIT`, so that a server which
 * ignores our limit is still read to the end.
 */
const FULL_PAGE = 50;

/** The longest list on record has 50 papers; a thousand means that the date was ignored. */
const MAX_PAGES = 10;

/** The whole list of one day. Rejects with `SourceError`, also when it finds no end. */
export async function fetchList(
  ask: Ask,
  date: DateString,
  signal: AbortSignal | undefined,
): Promise<Fetched> {
  const collection = collect(DailyItem, date);
  for (let p = 0; p < MAX_PAGES; p++) {
    const page = await ask(Items, 'api/daily_papers', { date, limit: LIMIT, p }, signal);
    const brought = collection.add(page);
    if (page.length < FULL_PAGE || !brought) return collection.fetched();
  }
  throw new SourceError(
    'unreadable',
    `The list of ${date} doesn’t end after ${MAX_PAGES} pages of Hugging Face Daily Papers`,
  );
}
