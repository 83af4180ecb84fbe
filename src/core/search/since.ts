import type { DateString, Paper } from '../paper.ts';

/** Whether a paper was listed or published on or after a day; always true without one. */
export function isSince(paper: Paper, since: DateString | undefined): boolean {
  if (since === undefined) return true;
  return (paper.listDate ?? '') >= since || (paper.publishedAt ?? '') >= since;
}
