import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks } from '../../../src/core/bookmarks/index.ts';
import { createHttp } from '../../../src/core/http.ts';
import { createSearch } from '../../../src/core/search/index.ts';
import { findSimilar } from '../../../src/core/search/similar.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createTastes } from '../../../src/core/tastes/index.ts';
import {
  createEmbedder,
  createVectors,
  type EmbedderSettings,
  type Vectors,
} from '../../../src/core/vectors/index.ts';
import { startEmbeddingServer, type EmbeddingServer } from '../../fakes/embedding-server.ts';
import { createLog, type LogLine } from '../commands/services.ts';
import { aPaper, aStore } from '../store-fixtures.ts';
import { themedPapers, themeOf } from './themes.ts';

const KEY = 'sk-lantern-0123456789';
const PROBE = 'Attention is all you need';
const papers = themedPapers(60);

let store: Store;
let server: EmbeddingServer;
let lines: LogLine[];
let now: number;
let opened: Vectors[];
beforeEach(async () => {
  store = await aStore(papers);
  server = await startEmbeddingServer();
  lines = [];
  opened = [];
  now = Date.parse('2026-08-21T12:00:00.000Z');
});
afterEach(async () => {
  await Promise.all(opened.map((vectors) => vectors.stop()));
  await server.close();
  await store.destroy();
});

const clock = () => new Date(now);

function open(settings: Partial<EmbedderSettings> = {}): Vectors {
  const http = createHttp({ userAgent: 'test', sleep: () => Promise.resolve() });
  const given = { url: `${server.url}/v1`, model: 'small', key: KEY, ...settings };
  const embedder = createEmbedder(given, http);
  const vectors = createVectors({ store, clock, log: createLog(lines), embedder });
  opened.push(vectors);
  return vectors;
}

function search(vectors: Vectors, query: string) {
  const keep = () => Promise.resolve();
  const find = createSearch({ store, vectors, sources: [], clock, log: createLog(), keep });
  return find(query, { limit: 5 });
}

describe('an endpoint for vectors', () => {
  it('serves search, similar and tastes once it has given a vector of every paper', async () => {
    const vectors = open();
    expect(await vectors.meaning(['lantern'])).toBeUndefined();
    await vectors.tend();
    expect(server.asked.map((texts) => texts.length)).toEqual([1, 32, 28]);
    expect((await vectors.meaning())?.rows.count).toBe(60);
    const { hits, notes } = await search(vectors, 'gripper wheel');
    expect(hits.slice(0, 2).map(({ paper }) => themeOf(paper))).toEqual([1, 1]);
    expect(notes).toEqual([]);
    const [like] = await findSimilar({ store, vectors }, papers[2]!, 1);
    expect(themeOf(like!)).toBe(2);
    const reader = { platform: 'test', tenant: 'lab', user: 'ada' };
    await createBookmarks(store, clock).save(reader, papers[0]!.id);
    const aim = await createTastes(store, vectors).aim({ whose: { reader }, topics: [], papers });
    const liking = (at: number) => aim!.taste!.liking(aim!.directions.get(papers[at]!.id)!);
    expect(liking(30)).toBeGreaterThan(liking(31));
    expect((await vectors.state()).detail).toMatch(
      /^Vectors are those of small at 127\.0\.0\.1:\d+, 256 numbers each\.$/,
    );
  });

  it('gives unrelated papers cosines near 0, though all its vectors look alike', async () => {
    const vectors = open();
    await vectors.tend();
    const { rows } = (await vectors.meaning())!;
    const cosines = rows.compare(rows.vectorAt(0));
    expect(Math.abs(cosines[1]!)).toBeLessThan(0.2);
    expect(cosines[30]).toBeGreaterThan(0.35);
  });

  it('is asked for new and changed papers alone, and for nothing after a restart', async () => {
    await open().tend();
    await open().tend();
    expect(server.asked).toHaveLength(3);
    const vectors = open();
    await vectors.meaning();
    const changed = { ...papers[0]!, abstract: 'Rain, wind and hail.' };
    await savePapers(store, [changed, aPaper({ id: '2609.00001' })], '2026-08-21T13:00:00Z');
    await vectors.tend();
    expect(server.asked.slice(3)).toEqual([
      [PROBE],
      [`${changed.title}\n\nRain, wind and hail.`, 'Paper 2609.00001\n\n'],
    ]);
    expect((await vectors.meaning())?.rows.count).toBe(61);
  });

  it('is asked anew for all papers where its model is another', async () => {
    await open().tend();
    await open({ model: 'large' }).tend();
    expect(server.asked.slice(3).map((texts) => texts.length)).toEqual([1, 32, 28]);
  });

  it('is sent the key and the dimensions, and neither log nor state ever holds the key', async () => {
    server.key = 'another';
    const vectors = open({ dimensions: 256 });
    await vectors.tend();
    const state = await vectors.state();
    expect(state.ok).toBe(false);
    expect(state.detail).toMatch(
      /fails: 127\.0\.0\.1:\d+\/v1\/embeddings answered 401\. Check PAPERBOY_EMBEDDINGS_KEY/,
    );
    expect(lines.map(({ message }) => message)).toEqual(['the embedding endpoint fails']);
    server.key = KEY;
    expect(await vectors.examine()).toMatchObject({ ok: true });
    expect(JSON.stringify([lines, state, await vectors.state()])).not.toContain('lantern-');
  });

  it('leaves a text out that it won’t have, and takes the others', async () => {
    const [bad] = papers;
    server.unwanted.add(`${bad!.title}\n\n${bad!.abstract}`);
    const vectors = open();
    await vectors.tend();
    const { rows } = (await vectors.meaning())!;
    expect(rows.count).toBe(60);
    expect([...rows.vectorAt(0)].every((value) => value === 0)).toBe(true);
    expect(lines.at(-1)).toMatchObject({ level: 'warn', fields: { title: bad!.title } });
  });
});

describe('where the endpoint doesn’t serve', () => {
  beforeEach(() => savePapers(store, themedPapers(180, 61), '2026-08-21T12:00:00.000Z'));

  it.each([
    ['is down', 'reset'],
    ['hangs', 'hang'],
    ['answers nonsense', 'html'],
    ['gives another dimension', undefined],
  ] as const)('since it %s, learnt vectors answer a query, and a note says so', async (_, kind) => {
    const vectors = open();
    await vectors.tend();
    if (kind === undefined) server.size = 128;
    else server.fail({ kind }, 99);
    const { hits, notes } = await search(vectors, 'gripper');
    expect(themeOf(hits[0]!.paper)).toBe(1);
    expect(notes).toEqual([expect.stringContaining('doesn’t answer')]);
    const { ok, detail } = await vectors.state();
    expect({ ok, detail }).toEqual({
      ok: false,
      detail: expect.stringContaining(' fails: ') as string,
    });
    const before = server.requests.length;
    await search(vectors, 'lantern');
    expect(server.requests).toHaveLength(before);
  });

  it('learnt vectors serve everything while papers are due, and the state says so', async () => {
    const vectors = open();
    server.fail({ kind: 'status', status: 503 }, 99);
    await vectors.tend();
    expect(await vectors.state()).toEqual({
      ok: false,
      detail: expect.stringMatching(
        /answered 503\. It is asked again by itself\. It owes 240 of 240 papers a vector\. Meanwhile: Vectors were learnt from 240 papers/,
      ) as string,
    });
    expect((await vectors.meaning(['robot']))?.directions[0]).toBeDefined();
    expect((await search(vectors, 'robot')).notes).toEqual([]);
  });

  it('it is asked again after a pause, and says when it works again', async () => {
    const vectors = open();
    server.fail({ kind: 'status', status: 503 }, 3);
    await vectors.tend();
    await vectors.tend();
    expect(server.requests).toHaveLength(3);
    now += 30_000;
    await vectors.tend();
    expect((await vectors.state()).ok).toBe(true);
    expect(lines.map(({ message }) => message)).toContain('the embedding endpoint works again');
  });

  it('a changed dimension changes nothing that is kept, and says what to do', async () => {
    await open().tend();
    server.size = 128;
    const vectors = open();
    expect(await vectors.examine()).toEqual({
      ok: false,
      detail: expect.stringContaining(
        'It gives vectors of 128 numbers, and those kept have 256. Where its model was changed on ' +
          'purpose, name it anew or set its dimensions',
      ) as string,
    });
    expect((await vectors.meaning())?.rows.vectorAt(0)).toHaveLength(256);
  });

  it('a stop waits for no answer', async () => {
    server.fail({ kind: 'hang' }, 99);
    const vectors = open();
    const tending = vectors.tend();
    await vectors.stop();
    await expect(tending).resolves.toBeUndefined();
  });
});
