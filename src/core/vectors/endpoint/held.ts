import type { Store } from '../../store/open.ts';
import { vectorsAfter, type KeyedVector } from '../../store/vectors.ts';
import { pack } from '../pack.ts';
import { eachVector } from '../read.ts';
import { createRows, type Rows } from '../scan.ts';
import { createCentre, ENOUGH, widthOf, type Centre } from './centre.ts';

/** The endpoint's vectors in memory. */
interface Held {
  readonly rows: Rows;
  readonly centre: Centre;
  readonly put: (vector: KeyedVector) => void;
}

/** Vectors that are read when they are first wanted. */
export interface Holder {
  /** Rejects with `StoreError`. */
  held(size: number): Promise<Held>;
  /** Adds or replaces one, where they were read. */
  readonly put: (vector: KeyedVector) => void;
  forget(): void;
}

export function createHolder(store: Store): Holder {
  let reading: Promise<Held> | undefined;
  const forget = () => {
    reading = undefined;
  };
  return {
    forget,
    held: (size) =>
      (reading ??= hold(store, size).catch((error: unknown) => {
        forget();
        throw error;
      })),
    put(vector) {
      const put = reading?.then((held) => {
        held.put(vector);
      });
      // Whoever waits for the vectors is told what keeps them from being read.
      put?.catch(() => undefined);
    },
  };
}

async function hold(store: Store, size: number): Promise<Held> {
  const some = await vectorsAfter(store, 'endpoint', -1, ENOUGH);
  const centre = createCentre(
    size,
    some.map(({ vector }) => vector),
  );
  const width = widthOf(size);
  const rows = createRows(width);
  const put = ({ key, vector }: KeyedVector) => {
    rows.put(key, pack(centre(vector), width).bytes);
  };
  await eachVector(store, 'endpoint', put);
  return { rows, centre, put };
}
