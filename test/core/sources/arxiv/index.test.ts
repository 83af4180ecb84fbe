import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/core/http.ts';
import { createArxiv } from '../../../../src/core/sources/arxiv/index.ts';
import { createGate } from '../../../../src/core/sources/gate.ts';
import type { Gate } from '../../../../src/core/sources/gate.ts';
import type { PaperSource } from '../../../../src/core/sources/source.ts';
import {
  atomEntry,
  atomPage,
  emptyResult,
  rssFeed,
  startArxivServer,
} from '../../../fakes/arxiv-server.ts';
import type { ArxivReplies } from '../../../fakes/arxiv-server.ts';
import type { TestServer } from '../../../fakes/faults.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../../../fixtures/arxiv/${name}`, import.meta.url), 'utf8');
}

interface Setup {
  readonly now?: string;
  readonly gate?: Gate;
  readonly categories?: readonly string[];
}

let server: TestServer;
let now: Date;

afterEach(async () => {
  await server.close();
});

async function arxivWith(replies: ArxivReplies, setup: Setup = {}): Promise<Required<PaperSource>> {
  server = await startArxivServer(replies);
  now = new Date(setup.now ?? '2026-03-10T15:00:00Z');
  const source = createArxiv({
    http: createHttp({ userAgent: 'paperboy-test', timeoutMs: 2000 }),
    apiUrl: server.url,
    rssUrl: `${server.url}/`,
    categories: setup.categories ?? ['cs.AI', 'cs.CL'],
    gate: setup.gate ?? createGate({ intervalMs: 0 }),
    clock: () => now,
  });
  return source as Required<PaperSource>;
}

function queryOf(index: number): URLSearchParams {
  return new URL(server.requests[index]!.url, server.url).searchParams;
}

describe('today’s batch', () => {
  it('is read from the feed of all categories in one request', async () => {
    const arxiv = await arxivWith({ rss: () => fixture('batch.xml') });
    await arxiv.fetch('2026-03-10');
    expect(server.requests.map(({ url }) => url)).toEqual(['/rss/cs.AI+cs.CL']);
  });

  it('holds what is new or newly cross-listed, once each, and no replacement', async () => {
    const arxiv = await arxivWith({ rss: () => fixture('batch.xml') });
    const { papers, skipped } = await arxiv.fetch('2026-03-10');
    expect(papers).toEqual([
      {
        id: '2603.07001',
        title: 'Agents that Ask α Questions',
        abstract: 'We ask questions & count answers.',
        authors: ['Ada Example', 'Kurt Gödel', 'Martin Sample, Jr.', 'Li Ex'],
        categories: ['cs.CL', 'cs.AI'],
        keywords: [],
        version: 1,
        publishedAt: '2026-03-10T04:00:00.000Z',
        listDate: '2026-03-10',
        source: 'arxiv',
      },
      {
        id: '2512.00042',
        title: 'An Older Paper, Now Cross-Listed',
        abstract: 'From last year.',
        authors: ['Bob Sample'],
        categories: ['stat.ML', 'cs.AI'],
        keywords: [],
        version: 2,
        listDate: '2026-03-10',
        source: 'arxiv',
      },
    ]);
    expect(skipped).toEqual([
      { id: 'oai:arXiv.org:2603.07002v1', reason: 'announce type “miracle”' },
    ]);
  });

  it('is empty without complaint when all of it are replacements', async () => {
    const feed = rssFeed('Tue, 10 Mar 2026 00:00:00 -0400', [['2601.00001', 'replace']]);
    const arxiv = await arxivWith({ rss: () => feed });
    expect(await arxiv.fetch('2026-03-10')).toEqual({ papers: [], skipped: [] });
  });

  it('is refused as stale while the feed has another day’s date', async () => {
    const arxiv = await arxivWith(
      { rss: () => fixture('batch.xml') },
      { now: '2026-03-11T15:00:00Z' },
    );
    await expect(arxiv.fetch('2026-03-11')).rejects.toMatchObject({
      name: 'SourceError',
      kind: 'late',
      message: 'arXiv’s feed still holds the batch of 2026-03-10 where that of 2026-03-11 is due',
    });
  });

  it('is refused as stale when it repeats yesterday’s papers under today’s date', async () => {
    const ids = ['2603.00001', '2603.00002', '2603.00003'];
    let feed = rssFeed(
      'Tue, 10 Mar 2026 00:00:00 -0400',
      ids.map((id) => [id, 'new'] as const),
    );
    const arxiv = await arxivWith({ rss: () => feed });
    await arxiv.fetch('2026-03-10');
    expect((await arxiv.fetch('2026-03-10')).papers).toHaveLength(3);
    now = new Date('2026-03-11T15:00:00Z');
    const again = ids.slice(1).map((id) => [id, 'new'] as const);
    feed = rssFeed('Wed, 11 Mar 2026 00:00:00 -0400', [...again, ['2603.00009', 'new']]);
    await expect(arxiv.fetch('2026-03-11')).rejects.toThrow('still holds the batch of 2026-03-10');
    feed = rssFeed('Wed, 11 Mar 2026 00:00:00 -0400', [
      ['2603.00009', 'new'],
      ['2603.00001', 'cross'],
    ]);
    expect((await arxiv.fetch('2026-03-11')).papers).toHaveLength(2);
  });

  it('is refused when a part of its items is another day’s', async () => {
    const feed = rssFeed('Tue, 10 Mar 2026 00:00:00 -0400', [
      ['2603.00001', 'new'],
      ['2603.00002', 'new'],
    ]).replace(
      /(2603\.00002v1<\/guid>[\s\S]*?<pubDate>)[^<]*/,
      '$1Mon, 09 Mar 2026 00:00:00 -0400',
    );
    const arxiv = await arxivWith({ rss: () => feed });
    await expect(arxiv.fetch('2026-03-10')).rejects.toThrow('still holds the batch of 2026-03-09');
  });

  it('may not be empty on a day with an announcement', async () => {
    const arxiv = await arxivWith({ rss: () => rssFeed('Tue, 10 Mar 2026 00:00:00 -0400', []) });
    await expect(arxiv.fetch('2026-03-10')).rejects.toMatchObject({
      kind: 'late',
      message: 'arXiv gives no papers for 2026-03-10 yet, a day with an announcement',
    });
  });

  it('may be empty after a holiday, but is looked at', async () => {
    const empty = rssFeed('Tue, 20 Jan 2026 00:00:00 -0500', []);
    const arxiv = await arxivWith({ rss: () => empty }, { now: '2026-01-20T15:00:00Z' });
    expect(await arxiv.fetch('2026-01-20')).toEqual({ papers: [], skipped: [] });
    expect(server.requests).toHaveLength(1);
  });

  it('is not asked for on a weekend or for a day to come', async () => {
    const arxiv = await arxivWith({}, { now: '2026-03-14T15:00:00Z' });
    expect(await arxiv.fetch('2026-03-14')).toEqual({ papers: [], skipped: [] });
    expect(await arxiv.fetch('2026-03-16')).toEqual({ papers: [], skipped: [] });
    expect(server.requests).toEqual([]);
  });

  it('names the category that arXiv doesn’t know', async () => {
    const arxiv = await arxivWith({}, { categories: ['cs.CL', 'cd.XX'] });
    await expect(arxiv.fetch('2026-03-10')).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/cs\.CL, cd\.XX.*Bad archive/) as string,
    });
  });

  it('says where arXiv cut the feed', async () => {
    const items = Array.from({ length: 2000 }, (_, index) => {
      return [`2603.${String(index).padStart(5, '0')}`, 'new'] as const;
    });
    const feed = rssFeed('Tue, 10 Mar 2026 00:00:00 -0400', items);
    const arxiv = await arxivWith({ rss: () => feed });
    const { papers, skipped } = await arxiv.fetch('2026-03-10');
    expect(papers).toHaveLength(2000);
    expect(skipped).toEqual([{ id: '(the rest)', reason: 'arXiv’s feed ends after 2000 items' }]);
  });
});

describe('a past day’s list', () => {
  /** Wednesday 2026-03-04: submitted Monday 14:00 to Tuesday 14:00 Eastern. */
  const entries = [
    atomEntry('2603.00000', 'Too early', '2026-03-02T18:59:59Z'),
    atomEntry('2603.00001', 'First', '2026-03-02T19:00:00Z'),
    atomEntry('2603.00002', 'Second', '2026-03-03T01:00:00Z'),
    atomEntry('2603.00003', 'Third', '2026-03-03T18:59:59Z'),
    atomEntry('2603.00004', 'Too late', '2026-03-03T19:00:00Z'),
  ];

  function paged(size: number): ArxivReplies {
    return {
      api: (query) => {
        const start = Number(query.get('start'));
        return atomPage(entries.slice(start, start + size), { total: entries.length, start });
      },
    };
  }

  it('asks for what was submitted for that announcement, page by page to the end', async () => {
    const arxiv = await arxivWith(paged(2));
    const { papers } = await arxiv.fetch('2026-03-04');
    expect(papers.map(({ id }) => id)).toEqual(['2603.00001', '2603.00002', '2603.00003']);
    expect(papers.every(({ listDate }) => listDate === '2026-03-04')).toBe(true);
    expect(Object.fromEntries(queryOf(0))).toEqual({
      search_query: '(cat:cs.AI OR cat:cs.CL) AND submittedDate:[202603021900 TO 202603031900]',
      start: '0',
      max_results: '500',
      sortBy: 'submittedDate',
      sortOrder: 'ascending',
    });
    expect(server.requests.map((_, index) => queryOf(index).get('start'))).toEqual(['0', '2', '4']);
  });

  it('asks again for a page that came back without entries', async () => {
    let blank = 1;
    const whole = paged(2);
    const arxiv = await arxivWith({
      api: (query) =>
        query.get('start') === '2' && blank-- > 0
          ? emptyResult(entries.length)
          : whole.api?.(query),
    });
    expect((await arxiv.fetch('2026-03-04')).papers).toHaveLength(3);
    expect(server.requests).toHaveLength(4);
  });

  it('fails rather than lose the rest when that page stays empty', async () => {
    const whole = paged(2);
    const arxiv = await arxivWith({
      api: (query) => (query.get('start') === '2' ? emptyResult(5) : whole.api?.(query)),
    });
    await expect(arxiv.fetch('2026-03-04')).rejects.toMatchObject({
      kind: 'unreadable',
      message: 'arXiv gave an empty page after 2 of 5 papers',
    });
    expect(server.requests).toHaveLength(4);
  });

  it('may not be empty as a whole', async () => {
    const arxiv = await arxivWith({});
    await expect(arxiv.fetch('2026-03-04')).rejects.toThrow('no papers for 2026-03-04');
  });

  it('is empty, unasked, for a day without a list', async () => {
    const arxiv = await arxivWith({});
    for (const date of ['2026-03-01', '2026-01-20']) {
      expect(await arxiv.fetch(date), date).toEqual({ papers: [], skipped: [] });
    }
    expect(server.requests).toEqual([]);
  });
});

describe('search', () => {
  it('gives papers best first, cleaned, with their oddities', async () => {
    const arxiv = await arxivWith({ api: () => fixture('search.xml') });
    const { papers, skipped } = await arxiv.search('video generation', 4);
    expect(papers[0]).toEqual({
      id: '2601.01234',
      title: 'Faster O(n²) Video Generation with a Hard Line Break & an <Angle>',
      abstract: expect.stringMatching(
        /^We make it fast, so .*<17.5, and say so over several lines\.$/,
      ) as string,
      authors: ['José Example', 'Kurt Gödel'],
      categories: ['cs.CV', 'cs.LG'],
      keywords: [],
      version: 3,
      publishedAt: '2026-01-05T18:59:59.000Z',
      source: 'arxiv',
    });
    expect(papers.map(({ id }) => id)).toEqual(['2601.01234', '2601.05678', 'astro-ph/0601001']);
    expect(papers[1]).toMatchObject({
      withdrawn: true,
      categories: ['math-ph', 'cond-mat.mes-hall'],
    });
    expect(papers[2]).toMatchObject({ title: '0', version: 1 });
    expect(skipped).toEqual([{ id: 'http://arxiv.org/abs/not-an-id', reason: 'not an arXiv id' }]);
    expect(Object.fromEntries(queryOf(0))).toEqual({
      search_query: 'all:video AND all:generation',
      max_results: '4',
      sortBy: 'relevance',
      sortOrder: 'descending',
    });
  });

  it('asks nothing without words or for no hits', async () => {
    const arxiv = await arxivWith({});
    expect(await arxiv.search(' ( ', 5)).toEqual({ papers: [], skipped: [] });
    expect(await arxiv.search('agents', 0)).toEqual({ papers: [], skipped: [] });
    expect(server.requests).toEqual([]);
  });

  it('asks the same only once in a day of arXiv’s', async () => {
    const arxiv = await arxivWith(
      { api: () => fixture('search.xml') },
      { now: '2026-03-10T15:00:00Z' },
    );
    const first = await arxiv.search('agents', 5);
    now = new Date('2026-03-11T03:59:00Z');
    expect(await arxiv.search('Agents', 5)).toEqual(first);
    expect(server.requests).toHaveLength(1);
    now = new Date('2026-03-11T04:00:00Z');
    await arxiv.search('agents', 5);
    expect(server.requests).toHaveLength(2);
  });

  it('remembers the last hundred answers, and no failure', async () => {
    const arxiv = await arxivWith({ api: () => fixture('search.xml') });
    server.fail({ kind: 'status', status: 503 }, 3);
    await expect(arxiv.search('agents', 5)).rejects.toMatchObject({ kind: 'unreachable' });
    for (let index = 0; index <= 100; index++) await arxiv.search(`word${index}`, 5);
    expect(server.requests).toHaveLength(104);
    await arxiv.search('word100', 5);
    expect(server.requests).toHaveLength(104);
    await arxiv.search('word0', 5);
    expect(server.requests).toHaveLength(105);
  });
});

describe('find', () => {
  it('finds a paper by any form of its id', async () => {
    const entry = atomEntry('2603.00001', 'Found', '2026-03-02T19:00:00Z');
    const arxiv = await arxivWith({ api: () => atomPage([entry]) });
    expect(await arxiv.find('https://arxiv.org/pdf/2603.00001v3.pdf')).toMatchObject({
      id: '2603.00001',
      title: 'Found',
    });
    expect(queryOf(0).get('id_list')).toBe('2603.00001');
  });

  it('finds an old-style id', async () => {
    const arxiv = await arxivWith({ api: () => fixture('search.xml') });
    expect((await arxiv.find('astro-ph/0601001v1'))?.title).toBe('0');
  });

  it('knows nothing of an unknown id, nor of another paper’s', async () => {
    const arxiv = await arxivWith({});
    expect(await arxiv.find('2603.99999')).toBeUndefined();
    expect(await arxiv.find('no id at all')).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });

  it.each([200, 400])('tells arXiv’s own error, answered with %i, and asks on', async (status) => {
    const arxiv = await arxivWith({ api: () => ({ body: fixture('error.xml'), status }) });
    for (const id of ['2603.00001', '2603.00002']) {
      await expect(arxiv.find(id)).rejects.toMatchObject({
        kind: 'refused',
        message: 'arXiv refused the query: incorrect id format for 1234',
      });
    }
    expect(server.requests).toHaveLength(2);
  });
});

describe('when arXiv misbehaves', () => {
  const answers: ArxivReplies = {
    api: () => atomPage([atomEntry('2603.00001', 'Found', '2026-03-02T19:00:00Z')]),
    rss: () => fixture('batch.xml'),
  };

  it('asks again after a blank page, and calls it unreadable when it stays blank', async () => {
    const arxiv = await arxivWith(answers);
    server.fail({ kind: 'status', status: 200, body: ' \n' }, 2);
    expect(await arxiv.find('2603.00001')).toBeDefined();
    server.fail({ kind: 'status', status: 200, body: '' }, 3);
    await expect(arxiv.search('agents', 5)).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining('empty page') as string,
    });
    expect(server.requests).toHaveLength(6);
  });

  it.each(['html', 'truncated'] as const)(
    'calls %s unreadable, without asking again',
    async (kind) => {
      const arxiv = await arxivWith(answers);
      server.fail({ kind });
      await expect(arxiv.fetch('2026-03-10')).rejects.toMatchObject({ kind: 'unreadable' });
      expect(server.requests).toHaveLength(1);
    },
  );

  it('calls a feed that ends in the middle unreadable, so that no half list passes for a whole', async () => {
    const whole = fixture('batch.xml');
    let length = 0;
    const arxiv = await arxivWith({ rss: () => whole.slice(0, length) });
    for (length = 500; length < whole.length - 10; length += 700) {
      await expect(arxiv.fetch('2026-03-10'), `${length}`).rejects.toMatchObject({
        kind: 'unreadable',
      });
    }
  });

  it('tries a passing failure three times in all, every attempt through the gate', async () => {
    const arxiv = await arxivWith(answers, { gate: createGate({ intervalMs: 60 }) });
    server.fail({ kind: 'status', status: 503 }, 2);
    const [found] = await Promise.all([arxiv.find('2603.00001'), arxiv.fetch('2026-03-10')]);
    expect(found?.title).toBe('Found');
    expect(server.requests).toHaveLength(4);
    const gaps = server.requests.slice(1).map(({ at }, index) => at - server.requests[index]!.at);
    // Timers and the way to the server jitter by some milliseconds.
    for (const gap of gaps) expect(gap).toBeGreaterThan(45);
  });

  it('waits as long as a 429 asks, with everything that it has to ask', async () => {
    const slept: number[] = [];
    let time = 0;
    const gate = createGate({
      intervalMs: 3100,
      monotonic: () => time,
      sleep: (ms) => {
        slept.push(ms);
        time += ms;
        return Promise.resolve();
      },
    });
    const arxiv = await arxivWith(answers, { gate });
    server.fail({ kind: 'rate-limit', retryAfter: '20' });
    await arxiv.find('2603.00001');
    server.fail({ kind: 'rate-limit' });
    await arxiv.fetch('2026-03-10');
    expect(slept).toEqual([20_000, 3100, 30_000]);
  });

  it('asks nothing more for the time that a long 429 or a refusal sets', async () => {
    const arxiv = await arxivWith(answers);
    server.fail({ kind: 'rate-limit', retryAfter: '3600' });
    await expect(arxiv.find('2603.00001')).rejects.toMatchObject({ kind: 'rate-limited' });
    await expect(arxiv.fetch('2026-03-10')).rejects.toMatchObject({
      kind: 'rate-limited',
      message: 'arXiv asked us to slow down; we ask again in 60 min',
    });
    expect(server.requests).toHaveLength(1);
    await server.close();
    const refused = await arxivWith(answers);
    server.fail({ kind: 'status', status: 403 });
    await expect(refused.find('2603.00001')).rejects.toMatchObject({ kind: 'refused' });
    await expect(refused.find('2603.00001')).rejects.toThrow(/arXiv refused us .*403.*in 10 min/);
    expect(server.requests).toHaveLength(1);
  });

  it('gives up at once when the caller does, and lets the next one through', async () => {
    const arxiv = await arxivWith(answers);
    server.fail({ kind: 'hang' });
    const abort = new AbortController();
    const search = arxiv.search('agents', 5, abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 50);
    await expect(search).rejects.toMatchObject({ name: 'SourceError', kind: 'unreachable' });
    expect(await arxiv.find('2603.00001')).toBeDefined();
    expect(server.requests).toHaveLength(2);
  });
});
