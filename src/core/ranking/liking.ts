import { addRow, dot } from '../dense.ts';

/** What a liking is learnt from: directions of papers, each as long as 1. */
export interface Examples {
  /** The newest first. */
  readonly liked: readonly Float32Array[];
  readonly disliked: readonly Float32Array[];
  /** A sample of all papers: what there is to choose from. */
  readonly others: readonly Float32Array[];
}

/** How much a paper in this direction is liked, from 0 to 1; 0.5 is neither here nor there. */
export type Liking = (direction: Float32Array) => number;

/** How much examples count against a plain rule; of 0.01 to 1 this did best. */
const TRUST = 0.3;

/** After so many newer ones a liked paper counts half: of none, 50, 25 and 15 this did best. */
const HALF_LIFE = 25;

/** Enough for the order to stay as it is: Nesterov's method nears the end by a factor in each. */
const STEPS = 60;

/**
 * Learns what parts the liked papers from the others, by logistic regression with both sides
 * weighing the same, so that one example is enough to begin with. A disliked paper counts as much as
 * a liked one, since it was meant; the others may only be unseen, and are liked where nothing else
 * is. Pure; some 30 ms for 100 liked papers and 500 others. Undefined where nothing is liked or
 * disliked.
 */
export function learnLiking({ liked, disliked, others }: Examples): Liking | undefined {
  const [first] = [...liked, ...disliked];
  if (first === undefined) return undefined;
  const examples = toExamples(liked, disliked, others, first.length);
  const weights = descend(examples);
  return (direction) => sigmoid(dot(weights, 0, direction, 0, first.length) + biasOf(weights));
}

interface Weighed {
  readonly size: number;
  readonly rows: readonly Float32Array[];
  readonly sides: Float32Array;
  readonly shares: Float32Array;
}

function toExamples(
  liked: readonly Float32Array[],
  disliked: readonly Float32Array[],
  others: readonly Float32Array[],
  size: number,
): Weighed {
  const rows = [...liked, ...disliked, ...others];
  const scale = (rows.length / 2) * TRUST;
  const faded = liked.map((_, at) => 0.5 ** (at / HALF_LIFE));
  const likes = sumOf(faded);
  const dislikes = Math.max(likes, disliked.length);
  const rest = liked.length > 0 ? -1 : 1;
  return {
    size,
    rows,
    sides: Float32Array.from([
      ...liked.map(() => 1),
      ...disliked.map(() => -1),
      ...others.map(() => rest),
    ]),
    shares: Float32Array.from([
      ...faded.map((share) => (share * scale) / likes),
      ...disliked.map(() => scale / dislikes),
      ...others.map(() => scale / others.length),
    ]),
  };
}

/** Nesterov's accelerated gradient, with the step that the loss's steepest bend allows. */
function descend(examples: Weighed): Float32Array {
  const { size, shares } = examples;
  // One number more than a direction holds: the bias. Rows stay multiples of 4 long.
  let weights = new Float32Array(size + 4);
  let ahead = weights;
  const bend = 1 + shares.reduce((sum, share) => sum + share, 0) / 2;
  const momentum = (Math.sqrt(bend) - 1) / (Math.sqrt(bend) + 1);
  for (let step = 0; step < STEPS; step += 1) {
    const slope = slopeAt(ahead, examples);
    const next = ahead.map((weight, at) => weight - (slope[at] ?? 0) / bend);
    const before = weights;
    ahead = next.map((weight, at) => weight + momentum * (weight - (before[at] ?? 0)));
    weights = next;
  }
  return weights;
}

function slopeAt(weights: Float32Array, { size, rows, sides, shares }: Weighed): Float32Array {
  const slope = weights.slice();
  slope[size] = 0;
  const bias = biasOf(weights);
  for (const [at, row] of rows.entries()) {
    const side = sides[at] ?? 0;
    const margin = side * (dot(weights, 0, row, 0, size) + bias);
    const pull = -side * (shares[at] ?? 0) * sigmoid(-margin);
    addRow(slope, 0, row, 0, pull, size);
    slope[size] = (slope[size] ?? 0) + pull;
  }
  return slope;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function biasOf(weights: Float32Array): number {
  return weights.at(-4) ?? 0;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
