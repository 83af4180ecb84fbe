import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/core/http.ts';
import { createHuggingFace } from '../../../../src/core/sources/hugging-face/index.ts';
import type { Fetched } from '../../../../src/core/sources/source.ts';
import { startHuggingFaceServer } from '../../../fakes/hugging-face-server.ts';
import type { HuggingFaceServer } from '../../../fakes/hugging-face-server.ts';

let server: HuggingFaceServer;

beforeEach(async () => {
  server = await startHuggingFaceServer();
});

afterEach(() => server.close());

function source(baseUrl = server.url): ReturnType<typeof createHuggingFace> {
  const http = createHttp({ userAgent: 'paperboy-test', sleep: () => Promise.resolve() });
  return createHuggingFace({ http, baseUrl });
}

function asked(): string[] {
  return server.requests.map(({ url }) => decodeURIComponent(url.replaceAll('+', ' ')));
}

/** What the server answers next, as JSON. */
function answer(value: unknown): void {
  server.fail({ kind: 'status', status: 200, body: JSON.stringify(value) });
}

describe('finding one paper', () => {
  it('reads the flat shape, with the day of its list and without comments', async () => {
    const paper = await source().find('2609.00001');
    expect(paper).toMatchObject({
      id: '2609.00001',
      organization: 'Lantern Lab',
      upvotes: 163,
      listDate: '2026-09-01',
      submitter: 'ada-l',
    });
    expect(paper).not.toHaveProperty('comments');
    expect(asked()).toEqual(['/api/papers/2609.00001']);
  });

  it('asks by base id, whatever form it was given', async () => {
    expect(await source().find('https://arxiv.org/abs/2609.00003v2')).toMatchObject({
      id: '2609.00003',
    });
    expect(asked()).toEqual(['/api/papers/2609.00003']);
  });

  it('gives undefined for a paper that isn’t there', async () => {
    expect(await source().find('2609.99999')).toBeUndefined();
  });

  it.each(['', 'hello', '../daily_papers', 'astro-ph/0601001'])(
    'gives undefined for %j without asking',
    async (id) => {
      expect(await source().find(id)).toBeUndefined();
      expect(server.requests).toEqual([]);
    },
  );

  it('gives a paper off every list no list date', async () => {
    answer({ id: '2609.00007', title: 'Off the list' });
    const paper = await source().find('2609.00007');
    expect(paper).toMatchObject({ id: '2609.00007', title: 'Off the list' });
    expect(paper).not.toHaveProperty('listDate');
    expect(paper).not.toHaveProperty('upvotes');
  });

  it.each([
    ['no paper', { error: 'x' }],
    ['another paper', { id: '2609.00008', title: 'Another' }],
    ['a paper without a title', { id: '2609.00007' }],
    ['a list', []],
  ])('is unreadable when it answers %s', async (_title, value) => {
    answer(value);
    await expect(source().find('2609.00007')).rejects.toMatchObject({
      name: 'SourceError',
      kind: 'unreadable',
    });
  });

  it('rejects when the server is down', async () => {
    server.fail({ kind: 'status', status: 500 }, 3);
    await expect(source().find('2609.00001')).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('searching', () => {
  it.each(['nested', 'flat'] as const)('reads the %s shape', async (searchShape) => {
    const shaped = await startHuggingFaceServer({ searchShape });
    const found = await source(shaped.url)
      .search('agents maps', 5)
      .finally(() => shaped.close());
    expect(found.skipped).toEqual([]);
    expect(found.papers).toMatchObject([
      { id: '2609.00001', upvotes: 163, listDate: '2026-09-01', organization: 'Lantern Lab' },
    ]);
  });

  it('reads both shapes in one reply, votes or not, each paper once', async () => {
    answer([
      { title: 'Outer title', paper: { id: '2609.00011', summary: 'a' } },
      { id: '2609.00012', title: 'Flat', upvotes: 3 },
      { paper: { id: '2609.00011v2', title: 'Again' } },
      { id: 'nonsense', title: 'Bad' },
      { paper: { id: '2609.00013', title: 'Bad', upvotes: 'many' } },
    ]);
    const { papers, skipped }: Fetched = await source().search('anything', 10);
    expect(papers.map(({ id }) => id)).toEqual(['2609.00011', '2609.00012']);
    expect(papers[1]?.upvotes).toBe(3);
    expect(skipped).toEqual([
      { id: 'nonsense', reason: 'paper.id: not an arXiv id' },
      { id: '2609.00013', reason: expect.stringMatching(/^paper\.upvotes: /) as string },
    ]);
  });

  it('takes a title from beside the paper where it has none inside', async () => {
    answer([{ title: 'Outer title', paper: { id: '2609.00011' } }]);
    expect((await source().search('x', 10)).papers[0]?.title).toBe('Outer title');
  });

  it('keeps to the limit, even when the server doesn’t', async () => {
    answer([1, 2, 3].map((n) => ({ id: `2609.0001${n}`, title: `Paper ${n}` })));
    expect((await source().search('x', 2)).papers).toHaveLength(2);
    expect(asked()).toEqual(['/api/papers/search?q=x&limit=2']);
    await source().search('x', 100_000);
    expect(asked()[1]).toBe('/api/papers/search?q=x&limit=100');
  });

  it('sends any query as one line of at most 250 characters', async () => {
    await source().search('  video\n\tgeneration & "more"?#% \u202e ', 5);
    expect(new URLSearchParams(server.requests[0]?.url.split('?')[1]).get('q')).toBe(
      'video generation & "more"?#%',
    );
    await source().search('😀'.repeat(1000), 5);
    const q = new URLSearchParams(server.requests[1]?.url.split('?')[1]).get('q') ?? '';
    expect(q).toBe('😀'.repeat(250));
  });

  it.each([
    ['', 5],
    [' \n\u200b', 5],
    ['agents', 0],
  ])('finds nothing for %j up to %i, without asking', async (query, limit) => {
    expect(await source().search(query, limit)).toEqual({ papers: [], skipped: [] });
    expect(server.requests).toEqual([]);
  });

  it('stops when the caller’s time is up', async () => {
    server.fail({ kind: 'hang' });
    const started = performance.now();
    await expect(source().search('agents', 5, AbortSignal.timeout(100))).rejects.toMatchObject({
      name: 'SourceError',
      kind: 'unreachable',
    });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
