import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotBytes, normalize } from '../../../src/core/dense.ts';
import { pack } from '../../../src/core/vectors/pack.ts';
import { createRandom } from '../../../src/core/vectors/random.ts';
import { createRows } from '../../../src/core/vectors/scan.ts';

function directions(count: number, size: number, seed: number): Float32Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: size }, () => random() - 0.5);
    normalize(vector, 0, size);
    return vector;
  });
}

function filled(vectors: readonly Float32Array[], size: number) {
  const rows = createRows(size);
  for (const [at, vector] of vectors.entries()) rows.put(1000 + at, pack(vector, size).bytes);
  return rows;
}

describe('rows', () => {
  it('compare one direction with all as plain loops do, whatever the size and the count', () => {
    const sizes = fc.integer({ min: 1, max: 100 }).map((fours) => 4 * fours);
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), fc.nat(), (size, count, seed) => {
        const vectors = directions(count, size, seed);
        const rows = filled(vectors, size);
        const query = vectors[seed % count]!;
        const cosines = rows.compare(query);
        const { bytes, scales } = pack(query, size);
        for (const [row, cosine] of cosines.entries()) {
          const exact = dotBytes(
            Float32Array.from(bytes),
            pack(vectors[row]!, size).bytes,
            0,
            size,
          );
          const own = rows.vectorAt(row);
          const length = Math.hypot(...pack(vectors[row]!, size).bytes);
          expect(cosine).toBeCloseTo((exact * scales[0]!) / length, 5);
          expect(rows.compareSome(query, [0, row])[1]).toBe(cosine);
          expect(Math.hypot(...own)).toBeCloseTo(1, 5);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stay right while they grow past their first memory, and when one is replaced', () => {
    const size = 20;
    const vectors = directions(3000, size, 7);
    const rows = createRows(size);
    for (const [at, vector] of vectors.entries()) {
      rows.put(at, pack(vector, size).bytes);
      if (at % 500 === 0) rows.compare(vector);
    }
    expect(rows.compare(vectors[2999]!)[2999]).toBeCloseTo(1, 2);
    rows.put(17, pack(vectors[2999]!, size).bytes);
    expect(rows.count).toBe(3000);
    expect(rows.compare(vectors[2999]!)[rows.rowOf(17)!]).toBeCloseTo(1, 2);
  });

  it('that are none compare with nothing', () => {
    expect(createRows(8).compare(new Float32Array(8))).toHaveLength(0);
  });
});
