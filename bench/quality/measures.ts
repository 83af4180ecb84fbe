/** One ranker's measures, one number a query, list or day; NaN where there is none. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** How good an order of relevant and other papers is at its top: nDCG@k, 0 to 1. */
export function ndcg(order: readonly boolean[], relevant: number, k: number): number {
  let gained = 0;
  let best = 0;
  for (let at = 0; at < Math.min(k, order.length); at += 1) {
    if (order[at] === true) gained += 1 / Math.log2(at + 2);
  }
  for (let at = 0; at < Math.min(k, relevant); at += 1) best += 1 / Math.log2(at + 2);
  return best === 0 ? 0 : gained / best;
}

/** The share of the relevant papers among the first k. */
export function recall(order: readonly boolean[], relevant: number, k: number): number {
  return relevant === 0 ? 0 : order.slice(0, k).filter(Boolean).length / relevant;
}

/** How often a relevant paper scores above another one, ties half. */
export function auc(scores: readonly number[], relevant: readonly boolean[]): number {
  const ranks = toRanks(scores);
  const positives = relevant.filter(Boolean).length;
  const sum = ranks.reduce((all, rank, at) => (relevant[at] === true ? all + rank : all), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * (scores.length - positives));
}

/**
 * Spearman's rank correlation, ties averaged; NaN where one of both ties everything, since that is no
 * order. Means leave such a day out, see `comparable`.
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [toRanks(a), toRanks(b)];
  const [mx, my] = [mean(x), mean(y)];
  const dot = (p: number[], mp: number, q: number[], mq: number) =>
    p.reduce((sum, each, at) => sum + (each - mp) * (q[at]! - mq), 0);
  return dot(x, mx, y, my) / Math.sqrt(dot(x, mx, x, mx) * dot(y, my, y, my));
}

/** Ranks from 1 for the lowest, equal ones averaged. */
function toRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let at = start; at < end; at += 1) ranks[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * What several rankers measured, by ranker and measure. A day or list for which one of them has no
 * number (NaN) is left out for all of them alike, so that their means are of the same days, and a measure of
 * which nothing is left is left out as a whole.
 */
export function comparable(found: Readonly<Record<string, Samples>>): Record<string, Samples> {
  const rankers = Object.values(found);
  const isTold = (measure: string, at: number) =>
    rankers.every((samples) => !Number.isNaN(samples[measure]?.[at]));
  const alike = (samples: Samples) =>
    Object.entries(samples)
      .map(([name, values]) => [name, values.map((v, at) => (isTold(name, at) ? v : NaN))] as const)
      .filter(([, values]) => known(values).length > 0);
  return Object.fromEntries(
    Object.entries(found).map(([name, samples]) => [name, Object.fromEntries(alike(samples))]),
  );
}

/** The numbers among them. */
export function known(values: readonly number[]): number[] {
  return values.filter((value) => !Number.isNaN(value));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Numbers of the highest scores first; equal ones stay in place. */
export function orderBy(scores: readonly number[]): number[] {
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
}
