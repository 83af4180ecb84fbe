import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/core/http.ts';
import { toPaperId } from '../../../../src/core/paper.ts';
import { parseAtom, parseRss } from '../../../../src/core/sources/arxiv/feeds.ts';
import { createArxiv } from '../../../../src/core/sources/arxiv/index.ts';
import { isCategory, toPapers } from '../../../../src/core/sources/arxiv/paper.ts';
import { createGate } from '../../../../src/core/sources/gate.ts';
import type { PaperSource } from '../../../../src/core/sources/source.ts';
import { recordedArxiv, startArxivServer } from '../../../fakes/arxiv-server.ts';
import type { TestServer } from '../../../fakes/faults.ts';

const directory = join(process.env['PAPERBOY_DATA'] ?? '../shared/data', 'arxiv');
const present = existsSync(directory);
const why = present ? '' : ' (skipped: no recorded replies, set PAPERBOY_DATA)';

function recordings(prefix: string): string[] {
  return ['', 'recorded']
    .flatMap((folder) => readdirSync(join(directory, folder)).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.xml') && path.split('/').at(-1)?.startsWith(prefix))
    .map((path) => readFileSync(join(directory, path), 'utf8'));
}

describe.skipIf(!present)(`recorded arXiv replies${why}`, () => {
  let server: TestServer;
  let arxiv: Required<PaperSource>;

  beforeAll(async () => {
    server = await startArxivServer(recordedArxiv(directory));
    arxiv = createArxiv({
      http: createHttp({ userAgent: 'paperboy-test' }),
      apiUrl: server.url,
      rssUrl: server.url,
      categories: ['cs.LG'],
      gate: createGate({ intervalMs: 0 }),
      clock: () => new Date('2026-04-27T12:00:00Z'),
    }) as Required<PaperSource>;
  });

  afterAll(() => server.close());

  it('are read without loss: each entry with its number is a whole paper', async () => {
    for (const xml of [...recordings('api_'), ...recordings('q_')]) {
      const { papers, skipped } = toPapers((await parseAtom(xml)).entries);
      expect(skipped).toEqual([]);
      expect(papers).toHaveLength(xml.match(/<entry>/g)?.length ?? 0);
      for (const paper of papers) {
        expect(toPaperId(paper.id)).toBe(paper.id);
        expect(paper.authors.length, paper.id).toBeGreaterThan(0);
        expect(paper.categories.length, paper.id).toBeGreaterThan(0);
        expect(paper.categories.every(isCategory), paper.id).toBe(true);
        expect(paper.abstract.length, paper.id).toBeGreaterThan(100);
        expect(paper.publishedAt, paper.id).toMatch(/^\d{4}-\d\d-\d\dT/);
        expect(paper.title + paper.abstract, paper.id).not.toMatch(/\n| {2}|&(?:amp|lt|gt);/);
        expect(paper.withdrawn, paper.id).toBeUndefined();
      }
    }
  });

  it('give the batch of its day', async () => {
    const { papers, skipped } = await arxiv.fetch('2026-04-27');
    expect(papers.map(({ id }) => id)).toEqual(['2604.21952', '2604.21953', '2604.21956']);
    expect(papers[0]).toMatchObject({
      categories: ['cs.LG', 'cs.AI', 'cs.AR', 'cs.NE', 'cs.RO'],
      version: 1,
    });
    expect(papers[0]?.authors).toHaveLength(6);
    expect(papers[0]?.abstract).toMatch(/^This work presents .* spiking-MFMs\.$/);
    expect(skipped).toEqual([]);
    for (const xml of recordings('rss_')) expect((await parseRss(xml)).items).toHaveLength(3);
  });

  it('give single papers, old ids among them, and nothing for unknown ones', async () => {
    expect(await arxiv.find('2312.00752')).toMatchObject({
      version: 2,
      publishedAt: '2023-12-01T18:01:34.000Z',
    });
    expect((await arxiv.find('astro-ph/0601001'))?.authors).toHaveLength(4);
    expect(await arxiv.find('0000.0000')).toBeUndefined();
  });

  it('tell the real error entry', async () => {
    const errors = recordings('id_abc');
    expect(errors).toHaveLength(1);
    const { entries } = await parseAtom(errors[0]!);
    expect(entries).toMatchObject([{ title: 'Error', abstract: 'incorrect id format for abc' }]);
  });
});
