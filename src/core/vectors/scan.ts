import { dotBytes, normalize } from '../dense.ts';

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
  /** The cosine of a direction with one row. */
  compareWith(vector: Float32Array, row: number): number;
}

/** Rows that grow. One paper's bytes take the place of those that it had. */
export interface GrowingRows extends Rows {
  put(key: number, bytes: Int8Array): void;
}

const FIRST_CAPACITY = 1024;

/** Bytes are kept as they are: a paper of 384 numbers takes 384 bytes and some 12 more. */
export function createRows(size: number): GrowingRows {
  return new ByteRows(size);
}

class ByteRows implements GrowingRows {
  readonly #size: number;
  readonly #keys: number[] = [];
  readonly #rows = new Map<number, number>();
  #bytes: Int8Array;
  /** What makes each row as long as 1. */
  #scales = new Float32Array(FIRST_CAPACITY);

  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Int8Array(FIRST_CAPACITY * size);
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
    const vector = Float32Array.from(this.#bytesAt(row));
    normalize(vector, 0, this.#size);
    return vector;
  }

  compare(vector: Float32Array): Float32Array {
    const cosines = new Float32Array(this.count);
    const [bytes, scales, size] = [this.#bytes, this.#scales, this.#size];
    for (let row = 0; row < cosines.length; row += 1) {
      cosines[row] = dotBytes(vector, bytes, row * size, size) * (scales[row] ?? 0);
    }
    return cosines;
  }

  compareWith(vector: Float32Array, row: number): number {
    const size = this.#size;
    return dotBytes(vector, this.#bytes, row * size, size) * (this.#scales[row] ?? 0);
  }

  put(key: number, bytes: Int8Array): void {
    const row = this.#rows.get(key) ?? this.count;
    if (row === this.count) this.#keys.push(key);
    if (row === this.#scales.length) this.#grow();
    this.#rows.set(key, row);
    this.#bytes.set(bytes, row * this.#size);
    const length = normalize(Float32Array.from(bytes), 0, this.#size);
    this.#scales[row] = length > 0 ? 1 / length : 0;
  }

  #bytesAt(row: number): Int8Array {
    return this.#bytes.subarray(row * this.#size, (row + 1) * this.#size);
  }

  #grow(): void {
    const [bytes, scales] = [this.#bytes, this.#scales];
    this.#bytes = new Int8Array(bytes.length * 2);
    this.#bytes.set(bytes);
    this.#scales = new Float32Array(scales.length * 2);
    this.#scales.set(scales);
  }
}
