import { normalize } from '../dense.ts';
import { createKernel } from './kernel.ts';
import { pack } from './pack.ts';

/** Directions of papers by row number, for comparing one with all. */
export interface Rows {
  readonly count: number;
  /** The paper of a row. */
  keyAt(row: number): number;
  /** A paper's row; undefined where it has none. */
  rowOf(key: number): number | undefined;
  /** A row's direction, as long as 1. */
  vectorAt(row: number): Float32Array;
  /** Cosines of a direction with every row. */
  compare(vector: Float32Array): Float32Array;
  /** Cosines of a direction with some rows, in their order. */
  compareSome(vector: Float32Array, rows: ArrayLike<number>): Float32Array;
}

/** Rows that grow. One paper's bytes take the place of those that it had. */
export interface GrowingRows extends Rows {
  put(key: number, bytes: Int8Array): void;
}

const FIRST_CAPACITY = 1024;
const PAGE = 65_536;

/** Pages that are added at once: 4 MB. */
const PAGES = 64;

/** The kernel takes sixteen bytes at a time. */
const STEP = 16;

/** Bytes are kept as they are: a paper of 384 numbers takes 384 bytes and some 16 more. */
export function createRows(size: number): GrowingRows {
  return new ByteRows(size);
}

/** The kernel's memory holds a direction, the rows, and after them what it writes. */
class ByteRows implements GrowingRows {
  readonly #size: number;
  /** From one row to the next. What is beyond a row's size stays 0. */
  readonly #stride: number;
  readonly #keys: number[] = [];
  readonly #rows = new Map<number, number>();
  readonly #kernel = createKernel();
  #bytes = new Int8Array(this.#kernel.memory.buffer);
  /** What makes each row as long as 1. */
  #scales = new Float32Array(FIRST_CAPACITY);

  constructor(size: number) {
    this.#size = size;
    this.#stride = Math.ceil(size / STEP) * STEP;
  }

  get count(): number {
    return this.#keys.length;
  }

  keyAt(row: number): number {
    return this.#keys[row] ?? 0;
  }

  rowOf(key: number): number | undefined {
    return this.#rows.get(key);
  }

  vectorAt(row: number): Float32Array {
    const start = this.#startOf(row);
    const vector = new Float32Array(this.#bytes.subarray(start, start + this.#size));
    normalize(vector, 0, this.#size);
    return vector;
  }

  compare(vector: Float32Array): Float32Array {
    const { count } = this;
    const cosines = this.#products(vector, this.#startOf(0), count);
    for (let row = 0; row < count; row += 1) {
      cosines[row] = (cosines[row] ?? 0) * (this.#scales[row] ?? 0);
    }
    return cosines;
  }

  compareSome(vector: Float32Array, rows: ArrayLike<number>): Float32Array {
    const end = this.#startOf(this.count);
    const copied = rows.length * this.#stride;
    this.#reserve(end + copied);
    for (let at = 0; at < rows.length; at += 1) {
      const start = this.#startOf(rows[at] ?? 0);
      this.#bytes.copyWithin(end + at * this.#stride, start, start + this.#stride);
    }
    const cosines = this.#products(vector, end, rows.length);
    for (let at = 0; at < rows.length; at += 1) {
      cosines[at] = (cosines[at] ?? 0) * (this.#scales[rows[at] ?? 0] ?? 0);
    }
    this.#bytes.fill(0, end, end + copied);
    return cosines;
  }

  put(key: number, bytes: Int8Array): void {
    const row = this.#rows.get(key) ?? this.count;
    if (row === this.count) this.#keys.push(key);
    if (row === this.#scales.length) this.#scales = twice(this.#scales);
    this.#rows.set(key, row);
    this.#reserve(this.#startOf(row + 1));
    this.#bytes.set(bytes, this.#startOf(row));
    const length = normalize(new Float32Array(bytes), 0, this.#size);
    this.#scales[row] = length > 0 ? 1 / length : 0;
  }

  /** Inner products of a direction with as many rows as stand there, side by side. */
  #products(vector: Float32Array, first: number, count: number): Float32Array {
    if (count === 0) return new Float32Array();
    const out = first + count * this.#stride;
    const end = out + 4 * count;
    this.#reserve(end);
    const { bytes, scales } = pack(vector, this.#size);
    this.#bytes.set(bytes);
    this.#kernel.compare(0, first, this.#stride, out, end);
    const scale = scales[0] ?? 0;
    const products = Float32Array.from(new Int32Array(this.#kernel.memory.buffer, out, count));
    for (let at = 0; at < count; at += 1) products[at] = (products[at] ?? 0) * scale;
    // Here the next row will be, and what is beyond its size must be 0.
    this.#bytes.fill(0, out, end);
    return products;
  }

  #startOf(row: number): number {
    return (row + 1) * this.#stride;
  }

  #reserve(bytes: number): void {
    const missing = bytes - this.#bytes.length;
    if (missing <= 0) return;
    this.#kernel.memory.grow(Math.ceil(missing / PAGE / PAGES) * PAGES);
    this.#bytes = new Int8Array(this.#kernel.memory.buffer);
  }
}

function twice(numbers: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
