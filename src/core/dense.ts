// Rows of numbers in one array, row after row. Plain loops with four sums, since these run billions
// of times: they are some three times as fast as the shortest way to write them. A row's size is a
// multiple of 4.

/** The inner product of two rows, which may stand in different arrays. */
export function dot(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  size: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let at = 0; at < size; at += 4) {
    s0 += (a[aStart + at] ?? 0) * (b[bStart + at] ?? 0);
    s1 += (a[aStart + at + 1] ?? 0) * (b[bStart + at + 1] ?? 0);
    s2 += (a[aStart + at + 2] ?? 0) * (b[bStart + at + 2] ?? 0);
    s3 += (a[aStart + at + 3] ?? 0) * (b[bStart + at + 3] ?? 0);
  }
  return s0 + s1 + s2 + s3;
}

/**
 * As `dot`, with a row of signed bytes. A function of its own, since a loop that sees one kind of
 * array runs half as long again as fast.
 */
export function dotBytes(a: Float32Array, b: Int8Array, bStart: number, size: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let at = 0; at < size; at += 4) {
    s0 += (a[at] ?? 0) * (b[bStart + at] ?? 0);
    s1 += (a[at + 1] ?? 0) * (b[bStart + at + 1] ?? 0);
    s2 += (a[at + 2] ?? 0) * (b[bStart + at + 2] ?? 0);
    s3 += (a[at + 3] ?? 0) * (b[bStart + at + 3] ?? 0);
  }
  return s0 + s1 + s2 + s3;
}

/** Adds a row, times a factor, to another. */
export function addRow(
  to: Float32Array,
  toStart: number,
  from: Float32Array | Int8Array,
  fromStart: number,
  times: number,
  size: number,
): void {
  for (let at = 0; at < size; at += 4) {
    const t = toStart + at;
    const f = fromStart + at;
    to[t] = (to[t] ?? 0) + times * (from[f] ?? 0);
    to[t + 1] = (to[t + 1] ?? 0) + times * (from[f + 1] ?? 0);
    to[t + 2] = (to[t + 2] ?? 0) + times * (from[f + 2] ?? 0);
    to[t + 3] = (to[t + 3] ?? 0) + times * (from[f + 3] ?? 0);
  }
}

/** Makes a row as long as 1, in place; returns how long it was. A row of zeros stays. */
export function normalize(rows: Float32Array, start: number, size: number): number {
  const length = Math.sqrt(dot(rows, start, rows, start, size));
  const times = length > 0 ? 1 / length : 0;
  for (let at = start; at < start + size; at += 1) rows[at] = (rows[at] ?? 0) * times;
  return length;
}

/**
 * Makes the columns of a tall matrix of rows as long as 1 and square to each other, in place, by
 * the Cholesky factor of their inner products.
 */
export function orthonormalize(rows: Float32Array, size: number): void {
  const factor = cholesky(innerProducts(rows, size), size);
  for (let start = 0; start < rows.length; start += size) {
    for (let column = 0; column < size; column += 1) {
      const base = column * size;
      let value = rows[start + column] ?? 0;
      for (let at = 0; at < column; at += 1) {
        value -= (factor[base + at] ?? 0) * (rows[start + at] ?? 0);
      }
      rows[start + column] = value / (factor[base + column] ?? 1);
    }
  }
}

/** The lower half of the columns' inner products. */
function innerProducts(rows: Float32Array, size: number): Float64Array {
  const products = new Float64Array(size * size);
  for (let start = 0; start < rows.length; start += size) {
    for (let a = 0; a < size; a += 1) {
      const value = rows[start + a] ?? 0;
      const base = a * size;
      for (let b = 0; b <= a; b += 1) {
        products[base + b] = (products[base + b] ?? 0) + value * (rows[start + b] ?? 0);
      }
    }
  }
  return products;
}

/** The lower triangle whose square the products are. Dependent columns come out tiny, never NaN. */
function cholesky(products: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let value = products[row * size + column] ?? 0;
      for (let at = 0; at < column; at += 1) {
        value -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      }
      factor[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(value, 1e-12))
          : value / (factor[column * size + column] ?? 1);
    }
  }
  return factor;
}
