import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/core/http.ts';
import type { Paper } from '../../../../src/core/paper.ts';
import { createHuggingFace } from '../../../../src/core/sources/hugging-face/index.ts';
import type { PaperSource } from '../../../../src/core/sources/source.ts';
import { reply, startServer } from '../../../fakes/faults.ts';
import { startHuggingFaceServer } from '../../../fakes/hugging-face-server.ts';
import type { HuggingFaceServer } from '../../../fakes/hugging-face-server.ts';

const DATE = '2026-09-01';

let server: HuggingFaceServer;

beforeEach(async () => {
  server = await startHuggingFaceServer();
});

afterEach(() => server.close());

function source(baseUrl = server.url, token?: string): PaperSource {
  const http = createHttp({ userAgent: 'paperboy-test', sleep: () => Promise.resolve() });
  return createHuggingFace({ http, baseUrl, ...(token !== undefined && { token }) });
}

async function papers(date = DATE): Promise<readonly Paper[]> {
  const { papers, skipped } = await source().fetch(date);
  expect(skipped).toEqual([]);
  return papers;
}

async function paper(id: string): Promise<Paper | undefined> {
  return (await papers()).find((candidate) => candidate.id === id);
}

/** A well-formed item; `changes` go into its `paper`. */
function item(id: string, changes: object = {}, wrapper: object = {}): object {
  const inner = {
    id,
    authors: [{ _id: 'a', name: 'Ada Lampwick', hidden: false }],
    publishedAt: '2026-08-31T00:00:00.000Z',
    submittedOnDailyAt: `${DATE}T00:00:00.000Z`,
    title: `Paper ${id}`,
    summary: 'An abstract.',
    upvotes: 1,
    discussionId: '6a95f2c589e517cbfd75dbe0',
    ...changes,
  };
  return { paper: inner, title: inner.title, numComments: 0, ...wrapper };
}

function items(count: number, from = 1): object[] {
  return Array.from({ length: count }, (_, index) =>
    item(`2609.${String(from + index).padStart(5, '0')}`),
  );
}

describe('a list', () => {
  it('is in the server’s order, with everything a reader wants of each paper', async () => {
    const list = await papers();
    expect(list.map((entry) => entry.id)).toEqual([
      '2609.00001',
      '2609.00002',
      '2609.00003',
      '2609.00004',
      '2609.00005',
      '2512.00042',
    ]);
    expect(list[0]).toEqual({
      id: '2609.00001',
      title: 'LanternBench: Measuring How Well Agents Read α-Stable Maps',
      abstract: expect.stringMatching(/^Agents that read maps .* and code\.$/) as string,
      authors: ['Ada Lampwick', 'Bo Chandler', 'José Farol', 'Dana Wick'],
      publishedAt: '2026-08-31T00:00:00.000Z',
      categories: [],
      summary:
        'LanternBench tests how well agents read city maps and finds a gap of a third to people.',
      keywords: ['LLM agents', 'map reading', 'benchmark'],
      organization: 'Lantern Lab',
      thumbnail: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2609.00001.png',
      codeUrl: 'https://github.com/lantern-lab/lanternbench',
      codeStars: 48,
      projectUrl: 'https://lantern-lab.example/bench/',
      submitter: 'ada-l',
      upvotes: 163,
      comments: 2,
      listDate: DATE,
      source: 'hugging-face',
    });
  });

  it('is empty where the day has none', async () => {
    expect(await papers('2026-08-30')).toEqual([]);
  });

  it('keeps line breaks out of titles, abstracts and links', async () => {
    expect(await paper('2609.00002')).toMatchObject({
      title: 'Slow Diffusion, Fast Video: Generating an Hour of Film from One Sentence',
      abstract: expect.not.stringContaining('\n') as string,
      codeUrl: 'https://github.com/reel-lab/slow-diffusion',
      projectUrl: 'https://slow-diffusion.example/',
    });
  });

  it('has papers without summary, keywords, organization or code', async () => {
    const plain = await paper('2609.00003');
    expect(plain).toMatchObject({ keywords: [], comments: 0 });
    for (const field of ['summary', 'organization', 'codeUrl', 'codeStars', 'projectUrl']) {
      expect(plain).not.toHaveProperty(field);
    }
  });

  it('calls an organization by its handle where it has no full name', async () => {
    expect((await paper('2609.00004'))?.organization).toBe('handle-only');
  });

  it('finds the organization beside the paper too', async () => {
    server.lists.set(DATE, [
      item('2609.00001', {}, { organization: { name: 'x', fullname: 'X Lab' } }),
    ]);
    expect((await papers())[0]?.organization).toBe('X Lab');
  });

  it('keeps authors who took the paper off their profile', async () => {
    expect((await paper('2609.00004'))?.authors).toEqual(['Hana Handle', 'Ivo Hidden']);
  });

  it('drops links and thumbnails that are none, and stars without code', async () => {
    const bad = await paper('2609.00005');
    for (const field of ['codeUrl', 'codeStars', 'projectUrl', 'thumbnail']) {
      expect(bad).not.toHaveProperty(field);
    }
  });

  it('keeps old papers and papers without a vote', async () => {
    expect(await paper('2512.00042')).toMatchObject({
      publishedAt: '2025-12-01T00:00:00.000Z',
      upvotes: 0,
    });
  });

  it('is read in the shape of 2024: no summary, submitter, thumbnail or list day', async () => {
    const [first, second] = await papers('2024-05-28');
    expect(first).toEqual({
      id: '2405.90001',
      title: 'Papers Before There Were Summaries',
      abstract: '',
      authors: ['Lee Early'],
      publishedAt: '2024-05-27T17:59:21.000Z',
      categories: [],
      keywords: [],
      upvotes: 21,
      comments: 1,
      listDate: '2024-05-28',
      source: 'hugging-face',
    });
    expect(second?.abstract).toBe('It has an abstract inside.');
  });
});

describe('traps of the shape', () => {
  async function only(entry: object): Promise<Paper | undefined> {
    server.lists.set(DATE, [entry]);
    return (await papers())[0];
  }

  it('reads votes inside the paper alone', async () => {
    expect((await only(item('2609.00001', { upvotes: 7 }, { upvotes: 99 })))?.upvotes).toBe(7);
  });

  it('takes the day from submittedOnDailyAt, even when another was asked for', async () => {
    const moved = item('2609.00001', { submittedOnDailyAt: '2026-09-07T00:16:35.620Z' });
    expect((await only(moved))?.listDate).toBe('2026-09-07');
  });

  it.each([undefined, null, '', 'yesterday', '2026-99-99T00:00:00Z'])(
    'takes the day that was asked for when submittedOnDailyAt is %j',
    async (submittedOnDailyAt) => {
      expect((await only(item('2609.00001', { submittedOnDailyAt })))?.listDate).toBe(DATE);
    },
  );

  it('never reads the outer publishedAt', async () => {
    const entry = item(
      '2609.00001',
      { publishedAt: undefined },
      { publishedAt: '2026-08-30T20:00:00Z' },
    );
    expect(await only(entry)).not.toHaveProperty('publishedAt');
  });

  it('takes the submitter from the paper where the wrapper has none', async () => {
    const entry = item('2609.00001', { submittedOnDailyBy: { user: 'bo-c', avatarUrl: '/a.svg' } });
    expect((await only(entry))?.submitter).toBe('bo-c');
  });

  it('takes null for missing', async () => {
    const names = ['summary', 'authors', 'projectPage', 'githubRepo', 'githubStars', 'ai_summary'];
    const more = ['ai_keywords', 'organization', 'submittedOnDailyBy', 'publishedAt'];
    const nothing = Object.fromEntries([...names, ...more].map((name) => [name, null]));
    const wrapper = { thumbnail: null, numComments: null, submittedBy: null, organization: null };
    expect(await only(item('2609.00001', nothing, wrapper))).toEqual({
      id: '2609.00001',
      title: 'Paper 2609.00001',
      abstract: '',
      authors: [],
      categories: [],
      keywords: [],
      upvotes: 1,
      listDate: DATE,
      source: 'hugging-face',
    });
  });

  it('takes the version off an id', async () => {
    expect((await only(item('2609.00001v3')))?.id).toBe('2609.00001');
  });
});

describe('a bad item', () => {
  it.each([
    ['an id that is none', item('not-an-id'), 'not-an-id', /^paper\.id: not an arXiv id$/],
    ['no id', { paper: { title: 'x' } }, '#2', /^paper\.id: /],
    ['votes as text', item('2609.00009', { upvotes: '7' }), '2609.00009', /^paper\.upvotes: /],
    ['negative votes', item('2609.00009', { upvotes: -1 }), '2609.00009', /^paper\.upvotes: /],
    ['no votes', item('2609.00009', { upvotes: undefined }), '2609.00009', /^paper\.upvotes: /],
    [
      'votes beside the paper',
      item('2609.00009', { upvotes: undefined }, { upvotes: 4 }),
      '2609.00009',
      /^paper\.upvotes: /,
    ],
    [
      'authors in another shape',
      item('2609.00009', { authors: ['A'] }),
      '2609.00009',
      /^paper\.authors\.0: /,
    ],
    ['no title', item('2609.00009', { title: '' }), '2609.00009', /^title: missing$/],
    [
      'a title of nothing visible',
      item('2609.00009', { title: '\u200b\n' }),
      '2609.00009',
      /^title: missing$/,
    ],
    ['no paper', { title: 'x' }, '#2', /^paper: /],
    ['null', null, '#2', /expected object/],
    ['text', 'hello', '#2', /expected object/],
  ])('with %s is skipped by name and reason; the others stay', async (_title, bad, id, reason) => {
    server.lists.set(DATE, [item('2609.00001'), bad, item('2609.00002')]);
    const { papers, skipped } = await source().fetch(DATE);
    expect(papers.map((entry) => entry.id)).toEqual(['2609.00001', '2609.00002']);
    expect(skipped).toEqual([{ id, reason: expect.stringMatching(reason) as string }]);
  });

  it('has its name cleaned and cut, since it is shown', async () => {
    server.lists.set(DATE, [item(`evil\n\u202e${'x'.repeat(500)}`)]);
    const { skipped } = await source().fetch(DATE);
    expect(skipped[0]?.id).toMatch(/^evil x+$/);
    expect(skipped[0]?.id.length).toBeLessThanOrEqual(60);
  });
});

describe('paging', () => {
  function pages(): string[] {
    return server.requests.map(({ url }) => url);
  }

  it('asks once for a usual list', async () => {
    server.lists.set(DATE, items(49));
    expect(await papers()).toHaveLength(49);
    expect(pages()).toEqual([`/api/daily_papers?date=${DATE}&limit=100&p=0`]);
  });

  it.each([50, 99, 100, 101, 200, 250])('reads all of %i papers', async (count) => {
    server.lists.set(DATE, items(count));
    expect(await papers()).toHaveLength(count);
    expect(pages().at(-1)).toContain(`p=${Math.floor(count / 100) + (count % 100 >= 50 ? 1 : 0)}`);
  });

  it('reads all when the server gives fewer a page than we ask for', async () => {
    const small = await startHuggingFaceServer({ maxLimit: 50 });
    small.lists.set(DATE, items(120));
    const { papers } = await source(small.url)
      .fetch(DATE)
      .finally(() => small.close());
    expect(papers).toHaveLength(120);
  });

  it('keeps a paper once that votes moved to the next page, with its newest votes', async () => {
    const moving = await startServer((request, response) => {
      const first = request.url?.endsWith('p=0') === true;
      const page = first ? items(100) : [item('2609.00100', { upvotes: 5 }), item('2609.00101')];
      reply(response, JSON.stringify(page));
    });
    const { papers } = await source(moving.url)
      .fetch(DATE)
      .finally(() => moving.close());
    expect(papers).toHaveLength(101);
    expect(papers[99]).toMatchObject({ id: '2609.00100', upvotes: 5 });
  });

  it('ends when a server ignores the page number', async () => {
    const stuck = await startServer((_request, response) => {
      reply(response, JSON.stringify(items(100)));
    });
    const { papers } = await source(stuck.url)
      .fetch(DATE)
      .finally(() => stuck.close());
    expect(papers).toHaveLength(100);
    expect(stuck.requests).toHaveLength(2);
  });

  it('rejects a list without an end', async () => {
    server.lists.set(DATE, items(5000));
    await expect(source().fetch(DATE)).rejects.toMatchObject({
      name: 'SourceError',
      kind: 'unreadable',
      message: `The list of ${DATE} doesn’t end after 10 pages of Hugging Face Daily Papers`,
    });
    expect(server.requests).toHaveLength(10);
  });

  it('gives nothing when a later page fails, since a part would look like the whole', async () => {
    server.lists.set(DATE, items(150));
    const failing = await startServer((request, response) => {
      if (request.url?.endsWith('p=0') === true) reply(response, JSON.stringify(items(100)));
      else reply(response, 'down', { status: 500 });
    });
    await expect(
      source(failing.url)
        .fetch(DATE)
        .finally(() => failing.close()),
    ).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('a failing server', () => {
  it.each(['2024-6-9', '2026-02-30', 'tomorrow'])(
    'that refuses the date %s is told',
    async (date) => {
      await expect(source().fetch(date)).rejects.toMatchObject({ kind: 'refused' });
    },
  );

  it.each([
    ['truncated', 'broken JSON'],
    ['html', 'text/html instead of JSON'],
  ] as const)('with a reply that is %s is unreadable', async (kind, reason) => {
    server.fail({ kind });
    await expect(source().fetch(DATE)).rejects.toMatchObject({
      name: 'SourceError',
      kind: 'unreadable',
      message: expect.stringContaining(`/api/daily_papers answered with ${reason}`) as string,
    });
  });

  it.each(['{"results":[]}', 'null', '"[]"', '{"error":"x"}'])(
    'that answers %s is unreadable',
    async (body) => {
      server.fail({ kind: 'status', status: 200, body });
      await expect(source().fetch(DATE)).rejects.toMatchObject({ kind: 'unreadable' });
    },
  );

  it('is asked again after a passing failure', async () => {
    server.fail({ kind: 'rate-limit', reset: 1 });
    server.fail({ kind: 'status', status: 502 });
    expect(await papers()).toHaveLength(6);
    expect(server.requests).toHaveLength(3);
  });

  it('is not asked when the caller has given up', async () => {
    const fetching = source().fetch(DATE, AbortSignal.abort());
    await expect(fetching).rejects.toMatchObject({ name: 'SourceError', kind: 'unreachable' });
    expect(server.requests).toEqual([]);
  });
});

describe('the request', () => {
  it('carries no token unless there is one', async () => {
    await source().fetch(DATE);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
    await source(server.url, 'hf_secret').fetch(DATE);
    expect(server.requests[1]?.headers).toMatchObject({
      authorization: 'Bearer hf_secret',
      accept: 'application/json',
      'user-agent': 'paperboy-test',
    });
  });

  it('goes below any path of a mirror, with or without a slash at its end', async () => {
    for (const base of ['/mirror/hf', '/mirror/hf//']) {
      await expect(source(server.url + base).fetch(DATE)).rejects.toMatchObject({
        kind: 'not-found',
      });
    }
    for (const { url } of server.requests)
      expect(url).toMatch(/^\/mirror\/hf\/api\/daily_papers\?/);
  });

  it('never shows the token in an error', async () => {
    const broken = source(server.url, 'hf_secret\n2').fetch(DATE);
    await expect(broken).rejects.toMatchObject({
      kind: 'refused',
      message: expect.not.stringContaining('hf_secret') as string,
    });
  });
});
