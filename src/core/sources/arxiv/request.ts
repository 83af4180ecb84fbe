import { SourceError } from '../../errors.ts';
import type { Http } from '../../http.ts';
import type { Gate } from '../gate.ts';
import { parseAtom, parseRss } from './feeds.ts';
import type { ApiPage, BatchFeed } from './feeds.ts';

/**
 * arXiv allows one request every three seconds, one at a time, to all of its interfaces and all of
 * our machines together (https://info.arxiv.org/help/api/tou.html); a little more keeps clear of it.
 */
export const ARXIV_INTERVAL_MS = 3100;

/** Where arXiv is, without paths: `https://export.arxiv.org` and `https://rss.arxiv.org`. */
export interface Addresses {
  readonly apiUrl: string;
  readonly rssUrl: string;
}

/** Asks arXiv, every attempt through the gate. Both reject with `SourceError`. */
export interface Ask {
  /** A page of the query API. What arXiv answers with an Error entry rejects as `refused`. */
  api(query: Readonly<Record<string, string | number>>, signal?: AbortSignal): Promise<ApiPage>;
  /** The batch feed of these categories. An unknown category rejects as `refused`, named. */
  batch(categories: readonly string[], signal?: AbortSignal): Promise<BatchFeed>;
}

/** Network errors, 5xx and blank replies mostly pass within seconds. */
const ATTEMPTS = 3;

/** After a 429 without a wait of its own: users report that retries within seconds keep it up. */
const HOLD_AFTER_429_MS = 30_000;

/** arXiv takes rapid requests after a 403 for an attack. */
const HOLD_AFTER_REFUSAL_MS = 10 * 60_000;

export function createAsk(http: Http, gate: Gate, { apiUrl, rssUrl }: Addresses): Ask {
  async function get(url: URL, signal?: AbortSignal): Promise<string> {
    for (let tried = 1; ; tried++) {
      try {
        return await gate.run(() => once(http, gate, url, signal), signal);
      } catch (error) {
        if (tried >= ATTEMPTS || signal?.aborted || !isPassing(error)) throw error;
      }
    }
  }

  return {
    async api(query, signal) {
      const url = new URL(`${apiUrl.replace(/\/+$/, '')}/api/query`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      return refuseError(await parseAtom(await get(url, signal)));
    },
    async batch(categories, signal) {
      const names = categories.map(encodeURIComponent).join('+');
      const url = new URL(`${rssUrl.replace(/\/+$/, '')}/rss/${names}`);
      return refuseErrorFeed(await parseRss(await get(url, signal)), categories);
    },
  };
}

class Blank extends SourceError {
  constructor(place: string) {
    super('unreadable', `${place} answered with an empty page`);
  }
}

async function once(http: Http, gate: Gate, url: URL, signal?: AbortSignal): Promise<string> {
  try {
    // One attempt, since each must pass the gate; 400 has the Error entry that says what is wrong.
    const options = { attempts: 1, alsoStatuses: [400], ...(signal && { signal }) };
    const { body } = await http.get(url, options);
    if (body.trim() === '') throw new Blank(`${url.host}${url.pathname}`);
    return body;
  } catch (error) {
    if (error instanceof SourceError) holdAfter(error, gate);
    throw error;
  }
}

function holdAfter(error: SourceError, gate: Gate): void {
  if (error.kind === 'rate-limited') {
    gate.hold(error.retryAfterMs ?? HOLD_AFTER_429_MS, 'arXiv asked us to slow down');
  } else if (error.kind === 'refused') {
    gate.hold(HOLD_AFTER_REFUSAL_MS, `arXiv refused us (${error.message})`);
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof Blank) return true;
  return (
    error instanceof SourceError && (error.kind === 'unreachable' || error.kind === 'rate-limited')
  );
}

/** An error is an ordinary feed with one entry (https://info.arxiv.org/help/api/user-manual.html). */
function refuseError(page: ApiPage): ApiPage {
  const error = page.entries.find(
    ({ id, title }) => title === 'Error' && id.includes('/api/errors'),
  );
  if (!error) return page;
  throw new SourceError('refused', `arXiv refused the query: ${error.abstract}`);
}

function refuseErrorFeed(feed: BatchFeed, categories: readonly string[]): BatchFeed {
  if (!feed.title.startsWith('Feed error for query')) return feed;
  const message = `arXiv has no feed for ${categories.join(', ')}: ${feed.description}`;
  throw new SourceError('refused', message);
}
