/** Parts that the span of the numbers is cut into, to find a bound without sorting. */
const PARTS = 4096;

/** A number's distance from the mean of `values`, in their standard deviations. */
export function createDeviation(
  values: Float32Array | readonly number[],
): (value: number) => number {
  const { mean, deviation } = momentsOf(values, values.length);
  return (value) => (value - mean) / deviation;
}

/** The standard deviation of `count` numbers, of which those not given are 0. */
export function deviationOf(values: Float32Array | readonly number[], count: number): number {
  return momentsOf(values, count).deviation;
}

// Counting loops in the rest: they run over every paper for each search.
function momentsOf(
  values: Float32Array | readonly number[],
  count: number,
): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = count > 0 ? sum / count : 0;
  const variance = count > 0 ? squares / count - mean * mean : 0;
  return { mean, deviation: Math.sqrt(Math.max(variance, 1e-12)) };
}

/**
 * The places of the `count` largest cosines, and of those that equal the least of them to within
 * 0.0005; all places where there are no more.
 */
export function largest(cosines: Float32Array, count: number): number[] {
  const tallies = new Uint32Array(PARTS + 1);
  for (const cosine of cosines) {
    const part = partOf(cosine);
    tallies[part] = (tallies[part] ?? 0) + 1;
  }
  let bound = PARTS;
  for (let above = tallies[bound] ?? 0; above < count && bound > 0;) {
    bound -= 1;
    above += tallies[bound] ?? 0;
  }
  const places: number[] = [];
  for (let at = 0; at < cosines.length; at += 1) {
    if (partOf(cosines[at] ?? 0) >= bound) places.push(at);
  }
  return places;
}

/** From 0 for -1 to the last part for 1. */
function partOf(cosine: number): number {
  return Math.min(PARTS, Math.max(0, Math.floor(((cosine + 1) / 2) * PARTS)));
}
