import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  arxivDate,
  arxivDay,
  submissionWindow,
} from '../../../../src/core/sources/arxiv/calendar.ts';

const anyDay = fc
  .integer({ min: 0, max: 365 * 12 })
  .map((days) => Temporal.PlainDate.from('2023-01-01').add({ days }).toString());

describe('arxivDay', () => {
  it('has the feed from midnight Eastern and expects it by six, in winter and in summer', () => {
    expect(arxivDay('2026-03-06')).toEqual({
      kind: 'list',
      opensAt: '2026-03-06T05:00:00.000Z',
      closesAt: '2026-03-06T11:00:00.000Z',
    });
    expect(arxivDay('2026-03-10')).toEqual({
      kind: 'list',
      opensAt: '2026-03-10T04:00:00.000Z',
      closesAt: '2026-03-10T10:00:00.000Z',
    });
  });

  it('is quiet on Saturday and Sunday', () => {
    expect(arxivDay('2026-03-07')).toEqual({ kind: 'quiet', reason: 'weekend' });
    expect(arxivDay('2026-03-08')).toEqual({ kind: 'quiet', reason: 'weekend' });
  });

  it('has a list on Monday, announced on Sunday evening', () => {
    expect(arxivDay('2026-03-09').kind).toBe('list');
  });

  it('is quiet on the day after each deferred evening of 2026, and on no other weekday', () => {
    const quiet: string[] = [];
    let day = Temporal.PlainDate.from('2026-01-01');
    for (; day.year === 2026; day = day.add({ days: 1 })) {
      const state = arxivDay(day.toString());
      if (state.kind === 'quiet' && state.reason === 'holiday') quiet.push(day.toString());
    }
    // 19 June, 3 July and 25 December are Fridays, which have no announcement anyway; 31 December
    // takes a list of 2027 away.
    expect(quiet).toEqual(['2026-01-02', '2026-01-20', '2026-09-08', '2026-11-27', '2026-12-30']);
    expect(arxivDay('2027-01-01').kind).toBe('quiet');
  });

  it('has the list of the holiday itself, which was announced the evening before', () => {
    for (const date of ['2026-01-01', '2026-01-19', '2026-09-07', '2026-11-26', '2026-12-25']) {
      expect(arxivDay(date).kind, date).toBe('list');
    }
  });

  it('keeps the US holidays by rule in years that arXiv has not published', () => {
    const quiet = [
      '2027-01-19',
      '2027-09-07',
      '2027-11-26',
      '2027-07-06',
      '2028-06-20',
      '2029-12-26',
    ];
    for (const date of quiet) {
      expect(arxivDay(date), date).toEqual({ kind: 'quiet', reason: 'holiday' });
    }
    expect(arxivDay('2027-09-14').kind).toBe('list');
  });

  it('agrees with the evenings of 2025 after which no newer paper came', () => {
    for (const date of ['2025-06-20', '2025-07-07', '2025-11-28', '2025-12-26', '2025-12-31']) {
      expect(arxivDay(date), date).toEqual({ kind: 'quiet', reason: 'holiday' });
    }
    for (const date of ['2025-07-04', '2025-12-25', '2025-12-30', '2026-01-01']) {
      expect(arxivDay(date).kind, date).toBe('list');
    }
  });

  it('refuses what is no date', () => {
    expect(() => arxivDay('2026-02-30')).toThrow(RangeError);
    expect(() => arxivDay('tomorrow')).toThrow(RangeError);
  });
});

describe('submissionWindow', () => {
  it('runs from 14:00 to 14:00 Eastern on a plain day', () => {
    // Wednesday's list: Monday 14:00 to Tuesday 14:00.
    expect(submissionWindow('2026-03-11')).toEqual({
      from: '2026-03-09T18:00:00.000Z',
      to: '2026-03-10T18:00:00.000Z',
    });
  });

  it('holds Thursday to Friday for Monday’s list, and Friday to Monday for Tuesday’s', () => {
    expect(submissionWindow('2026-03-16')).toEqual({
      from: '2026-03-12T18:00:00.000Z',
      to: '2026-03-13T18:00:00.000Z',
    });
    expect(submissionWindow('2026-03-17')).toEqual({
      from: '2026-03-13T18:00:00.000Z',
      to: '2026-03-16T18:00:00.000Z',
    });
  });

  it('keeps 14:00 local over the change to summer time', () => {
    expect(submissionWindow('2026-03-10')).toEqual({
      from: '2026-03-06T19:00:00.000Z',
      to: '2026-03-09T18:00:00.000Z',
    });
  });

  it('is longer after a deferred announcement', () => {
    // Monday 19 January 2026 is a holiday: Wednesday's list holds Friday 14:00 to Tuesday 14:00.
    expect(submissionWindow('2026-01-20')).toBeUndefined();
    expect(submissionWindow('2026-01-21')).toEqual({
      from: '2026-01-16T19:00:00.000Z',
      to: '2026-01-20T19:00:00.000Z',
    });
  });

  it('puts every submission on exactly one list, from list to list without a gap', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const window = submissionWindow(date);
        fc.pre(window !== undefined);
        let next = Temporal.PlainDate.from(date).add({ days: 1 });
        while (!submissionWindow(next.toString())) next = next.add({ days: 1 });
        expect(submissionWindow(next.toString())!.from).toBe(window.to);
        expect(window.from < window.to).toBe(true);
        expect(window.to < (arxivDay(date) as { opensAt: string }).opensAt).toBe(true);
      }),
    );
  });
});

describe('arxivDate', () => {
  it('changes at midnight Eastern, in winter and in summer', () => {
    expect(arxivDate(new Date('2026-01-15T04:59:59Z'))).toBe('2026-01-14');
    expect(arxivDate(new Date('2026-01-15T05:00:00Z'))).toBe('2026-01-15');
    expect(arxivDate(new Date('2026-07-15T03:59:59Z'))).toBe('2026-07-14');
    expect(arxivDate(new Date('2026-07-15T04:00:00Z'))).toBe('2026-07-15');
  });
});
