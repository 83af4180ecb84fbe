import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/core/http.ts';
import { createHuggingFace } from '../../../../src/core/sources/hugging-face/index.ts';
import type { Fetched } from '../../../../src/core/sources/source.ts';
import { readItems, startHuggingFaceServer } from '../../../fakes/hugging-face-server.ts';
import type { HuggingFaceServer } from '../../../fakes/hugging-face-server.ts';

const FOLDER = join(resolve(process.env['PAPERBOY_DATA'] ?? '../shared/data'), 'hf-api');
const present = existsSync(FOLDER);

describe(`recorded replies${present ? '' : ` (skipped: no ${FOLDER}; set PAPERBOY_DATA)`}`, () => {
  let server: HuggingFaceServer | undefined;

  beforeAll(async () => {
    if (!present) return;
    server = await startHuggingFaceServer({ folders: [FOLDER] });
    // This one was asked for without a date, and all its papers are of the newest list.
    const newest = readItems(join(FOLDER, 'daily_papers-limit30-2026-06-12.json'));
    server.lists.set('2026-06-12', newest);
  });

  afterAll(() => server?.close());

  async function fetchList(date: string): Promise<Fetched> {
    const http = createHttp({ userAgent: 'paperboy-test' });
    return createHuggingFace({ http, baseUrl: server?.url ?? '' }).fetch(date);
  }

  it.skipIf(!present).each([
    ['2024-06-03', 6],
    ['2025-03-05', 12],
    ['2025-06-03', 29],
    ['2026-01-08', 11],
    ['2026-01-13', 42],
    ['2026-03-10', 28],
    ['2026-06-12', 30],
    ['2026-08-20', 15],
    ['2026-08-21', 17],
  ])('of %s hold %i papers, all readable, votes falling', async (date, count) => {
    const { papers, skipped } = await fetchList(date);
    expect(skipped).toEqual([]);
    expect(papers).toHaveLength(count);
    const votes = papers.map((paper) => paper.upvotes ?? NaN);
    if (date !== '2026-06-12') expect(votes).toEqual([...votes].sort((a, b) => b - a));
    expect(Math.max(...votes)).toBeGreaterThan(0);
    for (const paper of papers) {
      expect(paper.listDate).toBe(date);
      expect(paper.authors.length).toBeGreaterThan(0);
      expect(`${paper.title}${paper.abstract}${paper.summary ?? ''}`).not.toMatch(/[\p{Cc}]/u);
    }
  });

  it.skipIf(!present)('of August 2026 hold what a card shows', async () => {
    const { papers } = await fetchList('2026-08-21');
    expect(papers.filter((paper) => paper.abstract.length > 200)).toHaveLength(papers.length);
    expect(papers.filter((paper) => paper.thumbnail !== undefined)).toHaveLength(papers.length);
    expect(papers.filter((paper) => paper.submitter !== undefined)).toHaveLength(papers.length);
    expect(papers.filter((paper) => paper.codeUrl !== undefined).length).toBeGreaterThan(5);
    expect(papers.filter((paper) => paper.organization !== undefined).length).toBeGreaterThan(5);
  });
});
