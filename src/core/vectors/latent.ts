import { addRow, orthonormalize } from '../dense.ts';
import type { Random } from './random.ts';
import type { Bag } from './vocabulary.ts';

/** Two rounds do: contrast moves the words further than a third one would. */
const ROUNDS = 2;

/**
 * Latent semantic analysis: one row a word, so that words of the same papers point the same way.
 * The rows span the strongest right singular directions of the papers' TF-IDF matrix, found by
 * subspace iteration (Halko, Martinsson and Tropp 2011).
 */
export function latentWords(
  bags: readonly Bag[],
  terms: number,
  size: number,
  random: Random,
): Float32Array {
  let words = Float32Array.from({ length: terms * size }, () => random() - 0.5);
  const paper = new Float32Array(size);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Float32Array(terms * size);
    for (const bag of bags) {
      paper.fill(0);
      addWords(paper, 0, bag, words, size);
      spread(next, bag, paper, size);
    }
    orthonormalize(next, size);
    words = next;
  }
  return words;
}

/** Adds the rows of a bag's words to one row. */
export function addWords(
  to: Float32Array,
  start: number,
  { terms, weights }: Bag,
  words: Float32Array,
  size: number,
): void {
  for (let at = 0; at < terms.length; at += 1) {
    addRow(to, start, words, (terms[at] ?? 0) * size, weights[at] ?? 0, size);
  }
}

function spread(to: Float32Array, { terms, weights }: Bag, row: Float32Array, size: number): void {
  for (let at = 0; at < terms.length; at += 1) {
    addRow(to, (terms[at] ?? 0) * size, row, 0, weights[at] ?? 0, size);
  }
}
