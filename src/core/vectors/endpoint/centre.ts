import { addRow, normalize } from '../../dense.ts';

/** As many vectors tell where the middle is. */
export const ENOUGH = 2000;

/** Makes vectors comparable: each as long as 1, seen from the middle of all of them. Zeros stay. */
export type Centre = (vector: Float32Array | Int8Array) => Float32Array;

/**
 * What all papers have in common says nothing of any of them, and makes all look alike: many models
 * give unrelated texts cosines of 0.7. It is taken off, so that what counts as near is the same as
 * for learnt vectors (Mu and Viswanath 2018, "All-but-the-Top"). `some` are at most `ENOUGH`.
 */
export function createCentre(size: number, some: readonly Int8Array[]): Centre {
  const width = widthOf(size);
  const mean = new Float32Array(width);
  const unit = (vector: Float32Array | Int8Array) => {
    const row = new Float32Array(width);
    row.set(vector);
    return { row, length: normalize(row, 0, width) };
  };
  for (const vector of some) addRow(mean, 0, unit(vector).row, 0, 1 / some.length, width);
  return (vector) => {
    const { row, length } = unit(vector);
    if (length === 0) return row;
    addRow(row, 0, mean, 0, -1, width);
    normalize(row, 0, width);
    return row;
  };
}

/** The next multiple of 4, since loops over rows go by four numbers. */
export function widthOf(size: number): number {
  return 4 * Math.ceil(size / 4);
}
