import type { Paper } from '../paper.ts';
import { keysOf, papersByKey } from '../store/paper-keys.ts';
import type { Rows } from '../vectors/index.ts';
import { largest } from './spread.ts';
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
  const own = (await keysOf(store, [paper.id])).get(paper.id);
  const known = await directionOf(vectors, paper, own);
  if (known === undefined) {
    const found = await searchText(store, paper.title, { limit: limit + 1 });
    return found.filter(({ id }) => id !== paper.id).slice(0, limit);
  }
  const { rows, direction } = known;
  const cosines = rows.compare(direction);
  const nearest = largest(cosines, limit + 1)
    .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0))
    .map((row) => rows.keyAt(row))
    .filter((key) => key !== own);
  return [...(await papersByKey(store, nearest.slice(0, limit))).values()];
}

/** Nobody is asked for the vector of a paper that has one. */
async function directionOf(
  vectors: ArchiveSearch['vectors'],
  paper: Paper,
  key: number | undefined,
): Promise<{ rows: Rows; direction: Float32Array } | undefined> {
  const kept = await vectors?.meaning();
  const row = key === undefined ? undefined : kept?.rows.rowOf(key);
  if (kept !== undefined && row !== undefined) {
    return { rows: kept.rows, direction: kept.rows.vectorAt(row) };
  }
  const asked = await vectors?.meaning([paper]);
  const direction = asked?.directions[0];
  return asked && direction && { rows: asked.rows, direction };
}
