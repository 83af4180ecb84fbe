import type { Paper } from '../paper.ts';
import { keysOf, papersByKey } from '../store/papers.ts';
import type { ArchiveSearch } from './archive.ts';
import { searchText } from './full-text.ts';

/**
 * The papers of the archive most like one, best first, without itself: by the direction of its
 * vector, or before vectors were learnt by the words of its title. Rejects with `StoreError`.
 */
export async function findSimilar(
  { store, vectors }: ArchiveSearch,
  paper: Paper,
  limit: number,
): Promise<Paper[]> {
  const learning = await vectors?.current();
  if (learning === undefined) {
    const found = await searchText(store, paper.title, { limit: limit + 1 });
    return found.filter(({ id }) => id !== paper.id).slice(0, limit);
  }
  const { rows, space } = learning;
  const own = (await keysOf(store, [paper.id])).get(paper.id);
  const cosines = rows.compare(space.ofPaper(paper));
  const nearest = [...cosines.keys()]
    .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0))
    .map((row) => rows.keyAt(row))
    .filter((key) => key !== own);
  return papersByKey(store, nearest.slice(0, limit));
}
