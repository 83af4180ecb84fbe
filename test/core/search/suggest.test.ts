import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSuggester, type Suggester } from '../../../src/core/search/suggest.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { aPaper, aStore } from '../store-fixtures.ts';

let store: Store;
let suggester: Suggester;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-08-21T09:00:00Z');
  store = await aStore([
    aPaper({
      id: '2608.00001',
      title: 'Video generation with lanterns',
      listDate: '2026-08-20',
      keywords: ['video generation', 'LLM agents'],
      upvotes: 3,
    }),
    aPaper({
      id: '2608.00002',
      title: 'Robot hands',
      listDate: '2026-08-19',
      keywords: ['LLM agents', 'robots'],
    }),
    aPaper({
      id: '2501.00003',
      title: 'Old videos',
      listDate: '2025-01-09',
      keywords: ['video generation', 'films'],
    }),
  ]);
  suggester = createSuggester(store, () => now);
});

afterEach(() => store.destroy());

const values = (found: readonly { value: string }[]) => found.map(({ value }) => value);

describe('papers', () => {
  it('are found by the words of their titles, the last perhaps cut short, newest first', async () => {
    expect(values(await suggester.papers('vide'))).toEqual(['2608.00001', '2501.00003']);
    expect(values(await suggester.papers('generation lant'))).toEqual(['2608.00001']);
  });

  it('are the newest when nothing is typed', async () => {
    expect(values(await suggester.papers(''))[0]).toBe('2608.00001');
  });

  it('are found by id or link', async () => {
    const [paper] = await suggester.papers('https://arxiv.org/abs/2608.00002v3');
    expect(paper).toEqual({ name: 'Robot hands', value: '2608.00002' });
  });

  it.each(['"', '*', 'AND', 'title:', '\u0000', 'NEAR(', "'; DROP TABLE papers", '…', '中文'])(
    'are safe to ask for: %s',
    async (typed) => {
      expect(await suggester.papers(typed)).toEqual(expect.any(Array));
    },
  );
});

describe('topics', () => {
  it('are those of more than one recent paper', async () => {
    expect(values(await suggester.topics(''))).toEqual(['llm agents']);
  });

  it('begin with what is typed, or hold a word that does', async () => {
    expect(values(await suggester.topics('llm a'))).toEqual(['llm agents']);
    expect(values(await suggester.topics('AGE'))).toEqual(['llm agents']);
    expect(values(await suggester.topics('gents'))).toEqual([]);
  });

  it('are counted again after an hour', async () => {
    await suggester.topics('');
    const more = aPaper({ id: '2608.00004', listDate: '2026-08-20', keywords: ['robots'] });
    await savePapers(store, [more], now.toISOString());
    expect(values(await suggester.topics('rob'))).toEqual([]);
    now = new Date(now.getTime() + 3_600_001);
    expect(values(await suggester.topics('rob'))).toEqual(['robots']);
  });
});
