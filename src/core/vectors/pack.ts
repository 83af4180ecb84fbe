/** Rows of small numbers as signed bytes, and what each row's bytes are multiplied by. */
export interface Packed {
  readonly bytes: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

const MOST = 127;

/** Packs rows into a quarter of their memory; a cosine changes by some 0.001. */
export function pack(rows: Float32Array, size: number): Packed {
  const bytes = new Int8Array(rows.length);
  const scales = new Float32Array(rows.length / size);
  for (let row = 0; row < scales.length; row += 1) {
    let largest = 0;
    for (let at = row * size; at < (row + 1) * size; at += 1) {
      largest = Math.max(largest, Math.abs(rows[at] ?? 0));
    }
    const scale = largest / MOST || 1;
    scales[row] = scale;
    for (let at = row * size; at < (row + 1) * size; at += 1) {
      bytes[at] = Math.round((rows[at] ?? 0) / scale);
    }
  }
  return { bytes, scales };
}
