import type { SparseRow } from './tf-idf.ts';

const EPOCHS = 12;
const COST = 0.01;

/**
 * A linear SVM on TF-IDF with balanced classes, the way of arxiv-sanity-lite: squared hinge loss by
 * dual coordinate descent (Hsieh et al. 2008). Gives the weights of the terms.
 */
export function trainSvm(
  positives: readonly SparseRow[],
  negatives: readonly SparseRow[],
  terms: number,
): Float64Array {
  const rows = [...positives, ...negatives];
  const weights = new Float64Array(terms);
  const alphas = new Float64Array(rows.length);
  let bias = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const [at, row] of rows.entries()) {
      const side = at < positives.length ? 1 : -1;
      const share = rows.length / 2 / (side === 1 ? positives.length : negatives.length);
      const diagonal = 1 / (2 * COST * share);
      let margin = bias;
      for (let each = 0; each < row.terms.length; each += 1) {
        margin += weights[row.terms[each]!]! * row.weights[each]!;
      }
      const before = alphas[at]!;
      const slope = side * margin - 1 + diagonal * before;
      // Each row is as long as 1, and its bias term too.
      const after = Math.max(0, before - slope / (2 + diagonal));
      if (after === before) continue;
      alphas[at] = after;
      const change = side * (after - before);
      bias += change;
      for (let each = 0; each < row.terms.length; each += 1) {
        weights[row.terms[each]!]! += change * row.weights[each]!;
      }
    }
  }
  return weights;
}
