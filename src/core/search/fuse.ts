import type { Rows } from '../vectors/index.ts';

/** How well one paper's text matches; higher is better. */
export interface TextScore {
  readonly key: number;
  readonly score: number;
}

/** One place of the fused order. */
export interface Fused {
  readonly key: number;
  readonly score: number;
  /** Whether any of the query's words stands in the text. */
  readonly isMatch: boolean;
}

/** What the fused order is looked for in. */
export interface FuseOptions {
  readonly rows: Rows;
  /** The papers whose text matches, best first. */
  readonly matches: readonly TextScore[];
  readonly query: Float32Array;
  /** Only these papers, where given. */
  readonly allowed?: (key: number) => boolean;
}

/** How much the query's direction and the likeness to the best finds count; its words count 1. */
const NEAR_WEIGHT = 1.5;
const FEEDBACK_WEIGHT = 3;

/** The best finds, whose mean direction is looked for again. Of 5 to 40 some 20 did best. */
const FEEDBACK = 20;

/** As many of the nearest papers as are looked at a second time. */
const POOL = 1500;

/** As many papers as tell how far cosines spread. */
const SAMPLE = 500;

/**
 * Orders papers by their words (BM25), by the direction of their vectors, and by their likeness to
 * the best finds of these two (pseudo-relevance feedback), each in standard deviations over the
 * archive, best first. At most some 2,500 papers.
 */
export function fuse({ rows, matches, query, allowed }: FuseOptions): Fused[] {
  const near = toDeviations(rows.compare(query));
  const texts = textDeviations(matches, rows.count);
  const pool = poolOf(near, rows, texts, allowed);
  const first = pool.map(
    (row) => NEAR_WEIGHT * (near[row] ?? 0) + (texts.get(rows.keyAt(row)) ?? 0),
  );
  const best = [...pool.keys()].sort((a, b) => (first[b] ?? 0) - (first[a] ?? 0));
  const liked = meanOf(
    rows,
    best.slice(0, FEEDBACK).map((at) => pool[at] ?? 0),
    query.length,
  );
  const deviate = deviationOf(rows, liked);
  const fused = pool.map((row, at) => {
    const key = rows.keyAt(row);
    const feedback = FEEDBACK_WEIGHT * deviate(rows.compareWith(liked, row));
    return { key, score: (first[at] ?? 0) + feedback, isMatch: texts.has(key) };
  });
  return fused.sort((a, b) => b.score - a.score || a.key - b.key);
}

function poolOf(
  near: Float32Array,
  rows: Rows,
  texts: ReadonlyMap<number, number>,
  allowed: ((key: number) => boolean) | undefined,
): number[] {
  const least = nth(near, POOL);
  const pool: number[] = [];
  for (let row = 0; row < near.length; row += 1) {
    const key = rows.keyAt(row);
    const isNear = (near[row] ?? 0) >= least || texts.has(key);
    if (isNear && (allowed === undefined || allowed(key))) pool.push(row);
  }
  return pool;
}

/** The number that `count` numbers reach, found by sampling bounds of the sorted copy. */
function nth(values: Float32Array, count: number): number {
  return values.length <= count ? -Infinity : (values.slice().sort()[values.length - count] ?? 0);
}

function toDeviations(values: Float32Array): Float32Array {
  const deviate = spreadOf(values, values.length);
  return values.map(deviate);
}

/** Papers that don't match score 0, and count for the spread. */
function textDeviations(matches: readonly TextScore[], papers: number): Map<number, number> {
  const { deviation } = momentsOf(
    matches.map(({ score }) => score),
    papers,
  );
  return new Map(matches.map(({ key, score }) => [key, score / deviation]));
}

function deviationOf(rows: Rows, vector: Float32Array): (cosine: number) => number {
  const step = Math.max(1, Math.floor(rows.count / SAMPLE));
  const sample: number[] = [];
  for (let row = 0; row < rows.count; row += step) sample.push(rows.compareWith(vector, row));
  return spreadOf(sample, sample.length);
}

function spreadOf(values: Iterable<number>, count: number): (value: number) => number {
  const { mean, deviation } = momentsOf(values, count);
  return (value) => (value - mean) / deviation;
}

/** Mean and standard deviation of `count` numbers, of which those not given are 0. */
function momentsOf(values: Iterable<number>, count: number): { mean: number; deviation: number } {
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

function meanOf(rows: Rows, chosen: readonly number[], size: number): Float32Array {
  const mean = new Float32Array(size);
  for (const row of chosen) {
    const vector = rows.vectorAt(row);
    for (let at = 0; at < size; at += 1) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0);
  }
  let squares = 0;
  for (const value of mean) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return mean.map((value) => value / length);
}
