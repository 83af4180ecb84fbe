import { addRow, dot, normalize } from '../dense.ts';
import { addWords } from './latent.ts';
import { shuffle, type Random } from './random.ts';
import { viewsOf, type NumberedPaper, type Views } from './views.ts';
import type { Bag } from './vocabulary.ts';

/** Papers compared with each other at once. */
const BATCH = 256;

/** How often each paper is looked at. Six rounds take 25 s for 10,000 papers; twelve gain nothing. */
const ROUNDS = 6;

/** How sharply the right paper must stand out (InfoNCE's temperature); of 0.05 to 0.1 this did best. */
const TEMPERATURE = 0.07;

/** The first step's size; it falls to nothing in a straight line. */
const STEP = 0.01;

/** Nine in ten pairs are so far apart already that they pull at nothing. */
const NEGLIGIBLE = 1e-4 / TEMPERATURE / BATCH;

/**
 * Moves the words' rows, in place, so that a paper's title finds its own abstract among those of
 * other papers, and one half of a paper the other: contrastive learning (InfoNCE, van den Oord 2018)
 * with AdaGrad. Needs no labels. Papers too few for one batch teach nothing.
 */
export function contrast(
  papers: readonly NumberedPaper[],
  words: Float32Array,
  rarity: Float32Array,
  random: Random,
): void {
  const size = words.length / rarity.length;
  const learner = createLearner(words, size, Math.min(BATCH, papers.length));
  const order = Uint32Array.from(papers.keys());
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random);
    for (let start = 0; start + learner.batch <= order.length && learner.batch > 1;) {
      const views = Array.from(order.subarray(start, (start += learner.batch)), (index) =>
        viewsOf(papers[index] ?? NOTHING, rarity, random),
      );
      learner.learn(views, STEP * (1 - round / ROUNDS));
    }
  }
}

const NOTHING: NumberedPaper = { title: new Uint32Array(), abstract: new Uint32Array() };

/** One side of a batch: a row a paper, and how long each was before it was made 1. */
interface Side {
  readonly rows: Float32Array;
  readonly lengths: Float32Array;
  readonly slopes: Float32Array;
}

function createLearner(words: Float32Array, size: number, batch: number) {
  const sides = { asked: createSide(batch, size), found: createSide(batch, size) };
  const scores = new Float32Array(batch * batch);
  const update = createUpdate(words, size);
  return {
    batch,
    learn(views: readonly Views[], step: number): void {
      const asked = views.map((view) => view.asked);
      const found = views.map((view) => view.found);
      encode(sides.asked, asked, words, size);
      encode(sides.found, found, words, size);
      compare(scores, sides.asked.rows, sides.found.rows, batch, size);
      toSlopes(scores, batch);
      pull(sides, scores, batch, size);
      update([...asked, ...found], [sides.asked, sides.found], step);
    },
  };
}

function createSide(batch: number, size: number): Side {
  return {
    rows: new Float32Array(batch * size),
    lengths: new Float32Array(batch),
    slopes: new Float32Array(batch * size),
  };
}

function encode(side: Side, bags: readonly Bag[], words: Float32Array, size: number): void {
  side.rows.fill(0);
  for (const [index, bag] of bags.entries()) {
    addWords(side.rows, index * size, bag, words, size);
    side.lengths[index] = normalize(side.rows, index * size, size);
  }
}

function compare(
  scores: Float32Array,
  asked: Float32Array,
  found: Float32Array,
  batch: number,
  size: number,
): void {
  for (let a = 0; a < batch; a += 1) {
    for (let b = 0; b < batch; b += 1) {
      scores[a * batch + b] = dot(asked, a * size, found, b * size, size) / TEMPERATURE;
    }
  }
}

/** Scores into their slopes: the mean of both ways' softmax, less 1 for the right pairs. */
function toSlopes(scores: Float32Array, batch: number): void {
  const across = new Float32Array(batch);
  const down = new Float32Array(batch);
  // Cosines are at most 1, so no power overflows once that is taken off.
  for (let at = 0; at < scores.length; at += 1) {
    const power = Math.exp((scores[at] ?? 0) - 1 / TEMPERATURE);
    const row = Math.floor(at / batch);
    scores[at] = power;
    across[row] = (across[row] ?? 0) + power;
    down[at % batch] = (down[at % batch] ?? 0) + power;
  }
  for (let at = 0; at < scores.length; at += 1) {
    const row = Math.floor(at / batch);
    const column = at % batch;
    const both = 1 / (across[row] ?? 1) + 1 / (down[column] ?? 1);
    const slope = (scores[at] ?? 0) * (both / 2) - (row === column ? 1 : 0);
    scores[at] = slope / TEMPERATURE / batch;
  }
}

/** How each encoded row should move, seen through the making of its length 1. */
function pull(
  { asked, found }: { asked: Side; found: Side },
  slopes: Float32Array,
  batch: number,
  size: number,
): void {
  asked.slopes.fill(0);
  found.slopes.fill(0);
  for (let a = 0; a < batch; a += 1) {
    for (let b = 0; b < batch; b += 1) {
      const slope = slopes[a * batch + b] ?? 0;
      if (Math.abs(slope) < NEGLIGIBLE) continue;
      addRow(asked.slopes, a * size, found.rows, b * size, slope, size);
      addRow(found.slopes, b * size, asked.rows, a * size, slope, size);
    }
  }
  for (const side of [asked, found]) {
    for (let row = 0; row < batch; row += 1) {
      const start = row * size;
      const along = dot(side.slopes, start, side.rows, start, size);
      addRow(side.slopes, start, side.rows, start, -along, size);
    }
  }
}

/** AdaGrad: a word's row moves less in each direction the more it has moved there. */
function createUpdate(words: Float32Array, size: number) {
  const squares = new Float32Array(words.length).fill(1e-8);
  const slopes = new Float32Array(words.length);
  return (bags: readonly Bag[], sides: readonly Side[], step: number): void => {
    const touched = new Set<number>();
    for (const [index, { terms, weights }] of bags.entries()) {
      const row = index % (bags.length / 2);
      const side = sides[index < bags.length / 2 ? 0 : 1];
      const length = side?.lengths[row] ?? 0;
      if (side === undefined || length === 0) continue;
      for (let at = 0; at < terms.length; at += 1) {
        const term = terms[at] ?? 0;
        touched.add(term);
        addRow(slopes, term * size, side.slopes, row * size, (weights[at] ?? 0) / length, size);
      }
    }
    for (const term of touched) move(words, slopes, squares, term * size, size, step);
  };
}

function move(
  words: Float32Array,
  slopes: Float32Array,
  squares: Float32Array,
  start: number,
  size: number,
  step: number,
): void {
  for (let at = start; at < start + size; at += 1) {
    const slope = slopes[at] ?? 0;
    const square = (squares[at] ?? 0) + slope * slope;
    squares[at] = square;
    words[at] = (words[at] ?? 0) - (step * slope) / Math.sqrt(square);
    slopes[at] = 0;
  }
}
