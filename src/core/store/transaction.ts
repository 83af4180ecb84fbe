import type { Store } from './open.ts';

/** Runs `work` in one transaction: the caller's, where it is in one, else a new one. */
export function inTransaction<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  return store.isTransaction ? work(store) : store.transaction().execute(work);
}
