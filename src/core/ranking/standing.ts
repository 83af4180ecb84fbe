import type { Candidate } from './signal.ts';

/** How one count stands among its like. */
export interface Standing {
  /** 0 to 1: the square root of its share of the largest, so that one giant doesn't flatten all. */
  readonly value: number;
  /** `3` for the top 3 %; undefined when it isn't worth telling. */
  readonly topPercent?: number;
}

/** With fewer than this a percentage says more than there is to say. */
const ENOUGH = 10;

/** What is better than nine in ten is worth telling. */
const NOTEWORTHY_PERCENT = 10;

/** Measures counts (0 or more) against all of `counts`. */
export function standings(counts: readonly number[]): (count: number) => Standing {
  const falling = [...counts].sort((a, b) => b - a);
  const [largest = 0] = falling;
  return (count) => {
    const value = largest > 0 ? Math.sqrt(count / largest) : 0;
    const topPercent = Math.ceil((100 * (falling.indexOf(count) + 1)) / falling.length);
    const told = count > 0 && falling.length >= ENOUGH && topPercent <= NOTEWORTHY_PERCENT;
    return told ? { value, topPercent } : { value };
  };
}

/** Names the list that holds a paper: one source's one day. */
export function listOf({ paper }: Candidate): string {
  return `${paper.source} ${paper.listDate ?? ''}`;
}

/** Whether the papers come from different lists, so that their votes differ in age. */
export function isMixed(candidates: readonly Candidate[]): boolean {
  return new Set(candidates.map(listOf)).size > 1;
}
