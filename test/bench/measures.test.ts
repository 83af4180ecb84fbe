import { describe, expect, it } from 'vitest';
import { spearman } from '../../bench/quality/measures.ts';
import { report, toJson } from '../../bench/quality/report.ts';

describe('the means of a benchmark', () => {
  it('leave out for all rankers a day that one of them can not order', () => {
    const days = { even: spearman([1, 2, 3], [1, 2, 3]), tied: spearman([4, 4, 4], [1, 2, 3]) };
    expect(days).toEqual({ even: 1, tied: NaN });
    const found = {
      ours: { 'early.spearman': [days.even, 0.5, 0.9, 0.1], empty: [] },
      other: { 'early.spearman': [0.2, 0.4, days.tied, 0.3], empty: [] },
    };
    const quality = report('votes', 'data', 4, found);
    expect(quality.rankers).toMatchObject({
      ours: { early: { spearman: 0.5333 }, halves: { early: { spearman: [1, 0.3] } } },
      other: { early: { spearman: 0.3 }, halves: { early: { spearman: [0.2, 0.35] } } },
    });
    expect(toJson(quality)).not.toContain('null');
    expect(quality.table).toContain('n=3');
  });
});
