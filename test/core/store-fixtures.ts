import type { Paper } from '../../src/core/paper.ts';
import { openStore, type Store } from '../../src/core/store/open.ts';
import { savePapers } from '../../src/core/store/papers.ts';

/** A paper with nothing but what is given. */
export function aPaper(fields: Partial<Paper> & { readonly id: string }): Paper {
  return {
    title: `Paper ${fields.id}`,
    abstract: '',
    authors: ['Ada Lampwick'],
    categories: [],
    keywords: [],
    source: 'hugging-face',
    ...fields,
  };
}

/** Five papers of one list, 2608.00001 to 2608.00005, the first with the most votes. */
export function aList(listDate: string, first = 1): Paper[] {
  return [0, 1, 2, 3, 4].map((index) =>
    aPaper({
      id: `2608.${String(first + index).padStart(5, '0')}`,
      title: `${THEMES[index] ?? ''} of ${listDate}`,
      upvotes: 50 - 10 * index,
      listDate,
    }),
  );
}

const THEMES = ['Lanterns', 'Robot hands', 'Protein maps', 'Sparse retrieval', 'Weather grids'];

/** A new database, in memory unless its file is named, that has long held these papers. */
export async function aStore(papers: readonly Paper[] = [], path = ':memory:'): Promise<Store> {
  const store = openStore(path);
  await savePapers(store, papers, '2026-08-21T12:00:00.000Z');
  await store.updateTable('listings').set({ listed_at: null }).execute();
  return store;
}
