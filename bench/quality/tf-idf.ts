import type { Paper } from '../../src/core/paper.ts';
import { toTerms } from '../../src/core/vectors/vocabulary.ts';

/** Papers as sparse rows of TF-IDF, each as long as 1: what the baselines work on. */
export interface Sparse {
  readonly terms: number;
  readonly rows: readonly SparseRow[];
  readonly idf: Float64Array;
  readonly numbers: ReadonlyMap<string, number>;
}

export interface SparseRow {
  readonly terms: Uint32Array;
  readonly counts: Float64Array;
  readonly weights: Float64Array;
}

/** Title twice, and the abstract; stop words out; suffixes off; counts dampened. */
export function toSparse(papers: readonly Paper[]): Sparse {
  const numbers = new Map<string, number>();
  const holders: number[] = [];
  const counted = papers.map(({ title, abstract }) => {
    const counts = new Map<number, number>();
    for (const word of toTerms(`${title} ${title} ${abstract}`)) {
      const term = numbers.get(word) ?? numbers.size;
      numbers.set(word, term);
      if (!counts.has(term)) holders[term] = (holders[term] ?? 0) + 1;
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    return counts;
  });
  const idf = Float64Array.from(holders, (count) => Math.log((1 + papers.length) / (1 + count)));
  const rows = counted.map((counts) => {
    const terms = Uint32Array.from(counts.keys());
    const raw = Float64Array.from(counts.values());
    const weights = raw.map((count, at) => (1 + Math.log(count)) * idf[terms[at]!]!);
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    return { terms, counts: raw, weights: weights.map((weight) => weight / length) };
  });
  return { terms: numbers.size, rows, idf, numbers };
}

/** BM25 (k1 1.2, b 0.75) of every paper for a query. */
export function createBm25({ rows, numbers, terms }: Sparse): (query: string) => Float64Array {
  const lengths = rows.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / rows.length;
  const postings: [row: number, count: number][][] = Array.from({ length: terms }, () => []);
  for (const [row, each] of rows.entries()) {
    each.terms.forEach((term, at) => postings[term]!.push([row, each.counts[at]!]));
  }
  return (query) => {
    const scores = new Float64Array(rows.length);
    for (const word of new Set(toTerms(query))) {
      const found = postings[numbers.get(word) ?? -1] ?? [];
      const idf = Math.log(1 + (rows.length - found.length + 0.5) / (found.length + 0.5));
      for (const [row, count] of found) {
        const norm = 1.2 * (0.25 + (0.75 * lengths[row]!) / average);
        scores[row] = scores[row]! + (idf * count * 2.2) / (count + norm);
      }
    }
    return scores;
  };
}
