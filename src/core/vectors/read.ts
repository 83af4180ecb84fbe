import { setImmediate } from 'node:timers/promises';
import type { Store } from '../store/open.ts';
import { vectorsAfter, type KeyedVector, type Maker } from '../store/vectors.ts';

/** Vectors that are read in one turn of the event loop: some 5 ms. */
const BATCH = 2000;

/** Shows every vector that a maker made, in the order of the papers' rows. Rejects with `StoreError`. */
export async function eachVector(
  store: Store,
  maker: Maker,
  show: (vector: KeyedVector) => void,
): Promise<void> {
  for (let key = -1; ;) {
    const vectors = await vectorsAfter(store, maker, key, BATCH);
    for (const each of vectors) show(each);
    const last = vectors.at(-1);
    if (last === undefined) return;
    key = last.key;
    await setImmediate();
  }
}
