import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { huggingFaceDay } from '../../../../src/core/sources/hugging-face/calendar.ts';

function list(opensAt: string, closesAt: string): object {
  return { kind: 'list', opensAt, closesAt };
}

describe('a daily list is open from 21:30 to 21:30 in New York', () => {
  it.each([
    ['in summer', '2026-08-20', '2026-08-20T01:30:00.000Z', '2026-08-21T01:30:00.000Z'],
    ['in winter', '2026-01-13', '2026-01-13T02:30:00.000Z', '2026-01-14T02:30:00.000Z'],
    // Clocks go forward on Sunday 2026-03-08 and back on Sunday 2026-11-01.
    [
      'on the last Friday of winter',
      '2026-03-06',
      '2026-03-06T02:30:00.000Z',
      '2026-03-07T02:30:00.000Z',
    ],
    [
      'on the first Monday of summer',
      '2026-03-09',
      '2026-03-09T01:30:00.000Z',
      '2026-03-10T01:30:00.000Z',
    ],
    [
      'on the last Friday of summer',
      '2026-10-30',
      '2026-10-30T01:30:00.000Z',
      '2026-10-31T01:30:00.000Z',
    ],
    [
      'on the first Monday of winter',
      '2026-11-02',
      '2026-11-02T02:30:00.000Z',
      '2026-11-03T02:30:00.000Z',
    ],
    ['over a leap day', '2028-02-29', '2028-02-29T02:30:00.000Z', '2028-03-01T02:30:00.000Z'],
    ['over the new year', '2026-01-01', '2026-01-01T02:30:00.000Z', '2026-01-02T02:30:00.000Z'],
  ])('%s', (_title, date, opensAt, closesAt) => {
    expect(huggingFaceDay(date)).toEqual(list(opensAt, closesAt));
  });
});

describe('a weekend is quiet', () => {
  it.each(['2026-08-22', '2026-08-23', '2026-03-08', '2026-11-01'])('%s', (date) => {
    expect(huggingFaceDay(date)).toEqual({ kind: 'quiet', reason: 'weekend' });
  });
});

describe('a US holiday on a weekday has a list', () => {
  it.each(['2026-07-03', '2026-11-26', '2026-12-25'])('%s', (date) => {
    expect(huggingFaceDay(date).kind).toBe('list');
  });
});

describe('any day', () => {
  it('has a list that closes in the small hours UTC of the next day, or is a weekend', () => {
    const days = fc.integer({ min: 0, max: 365 * 20 });
    fc.assert(
      fc.property(days, (offset) => {
        const noon = new Date(Date.UTC(2023, 0, 1 + offset, 12));
        const day = huggingFaceDay(noon.toISOString().slice(0, 10));
        const isWeekend = noon.getUTCDay() === 0 || noon.getUTCDay() === 6;
        if (isWeekend || day.kind === 'quiet') return isWeekend && day.kind === 'quiet';
        const next = new Date(noon.getTime() + 86_400_000).toISOString().slice(0, 10);
        const hours = (Date.parse(day.closesAt) - Date.parse(day.opensAt)) / 3_600_000;
        return (
          [`${next}T01:30:00.000Z`, `${next}T02:30:00.000Z`].includes(day.closesAt) && hours === 24
        );
      }),
    );
  });
});

it('throws where there is no such date', () => {
  expect(() => huggingFaceDay('2026-02-30')).toThrow(RangeError);
});
