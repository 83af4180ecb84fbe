import { describe, expect, it } from 'vitest';
import { toPaperId } from '../../../src/core/paper.ts';
import { createSample, SAMPLE_DATE } from '../../../src/core/sources/sample/index.ts';

const sample = createSample();

describe('the built-in sample', () => {
  it('lists at least 24 papers with unique ids, on its one date', async () => {
    const { papers, skipped } = await sample.fetch(SAMPLE_DATE);
    expect(papers.length).toBeGreaterThanOrEqual(24);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
    expect(skipped).toEqual([]);
    expect((await sample.fetch('2026-03-11')).papers).toEqual([]);
  });

  it('gives every paper what a reader sees, marked as sample', async () => {
    const { papers } = await sample.fetch(SAMPLE_DATE);
    for (const paper of papers) {
      expect(toPaperId(paper.id), paper.title).toBe(paper.id);
      expect(paper).toMatchObject({ source: 'sample', listDate: SAMPLE_DATE });
      expect(paper.authors.length, paper.title).toBeGreaterThan(0);
      expect(paper.authors.every((name) => /^\S.*\S$/.test(name) && !name.includes(','))).toBe(
        true,
      );
      expect(paper.summary, paper.title).toMatch(/^[^\n]{40,200}\.$/);
      expect(paper.abstract.match(/\.(?: |$)/g)?.length, paper.title).toBeGreaterThanOrEqual(2);
      expect(paper.keywords.length, paper.title).toBeGreaterThan(1);
      expect(paper.upvotes, paper.title).toBeGreaterThan(0);
      expect(paper.title + paper.abstract + (paper.summary ?? '')).not.toMatch(/ {2}|[\\$\n]/);
    }
  });

  it('dates every new-style id in the month that the id names, or the day before it', async () => {
    const { papers } = await sample.fetch(SAMPLE_DATE);
    for (const { id, publishedAt } of papers) {
      // The id is given at the announcement, which may fall in the next month.
      const submitted = new Date(publishedAt ?? '').getTime();
      const months = [0, 4].map((days) =>
        new Date(submitted + days * 86_400_000).toISOString().slice(2, 7).replace('-', ''),
      );
      expect(months, id).toContain(id.slice(0, 4));
    }
  });

  it('knows the best known of them', async () => {
    expect(await sample.find?.('1706.03762')).toMatchObject({
      title: 'Attention Is All You Need',
      publishedAt: '2017-06-12T00:00:00.000Z',
      categories: ['cs.CL', 'cs.LG'],
    });
    expect(await sample.find?.('2405.00000')).toBeUndefined();
  });

  it('orders its list by votes', async () => {
    const votes = (await sample.fetch(SAMPLE_DATE)).papers.map(({ upvotes = 0 }) => upvotes);
    expect(votes).toEqual([...votes].sort((a, b) => b - a));
  });

  it('has one list, which closed for any clock, and is quiet on any other day', () => {
    const day = sample.day(SAMPLE_DATE);
    expect(day.kind === 'list' && day.closesAt < '2000').toBe(true);
    for (const date of ['2023-01-02', '2026-03-09', '2026-03-11', '2030-12-25']) {
      expect(sample.day(date).kind, date).toBe('quiet');
    }
  });

  it('finds papers by all words of a search, at most as many as asked', async () => {
    const found = await sample.search?.('Video  Generation', 10);
    expect(found?.papers.map(({ id }) => id)).toEqual(['2311.15127', '2204.03458']);
    expect((await sample.search?.('"video generation"', 1))?.papers).toHaveLength(1);
    expect((await sample.search?.('vaswani attention', 5))?.papers[0]?.id).toBe('1706.03762');
  });

  it('finds nothing for words that nobody wrote, or for no words', async () => {
    for (const query of ['zebrafish', '', ' …"%_ ']) {
      expect((await sample.search?.(query, 5))?.papers, query).toEqual([]);
    }
  });
});
