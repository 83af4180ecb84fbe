import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  hasClosed,
  hasOpened,
  isWhole,
  newestClosedList,
  nextList,
} from '../../../src/core/archive/days.ts';
import { arxivDay } from '../../../src/core/sources/arxiv/calendar.ts';
import { huggingFaceDay } from '../../../src/core/sources/hugging-face/calendar.ts';

const huggingFace = { day: huggingFaceDay };
const arxiv = { day: arxivDay };

describe('days', () => {
  it('are counted over months, years and leap days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-08-30', '2026-09-01')).toEqual([
      '2026-09-01',
      '2026-08-31',
      '2026-08-30',
    ]);
    expect(daysBetween('2026-08-21', '2026-08-20')).toEqual([]);
  });
});

describe('the newest closed list', () => {
  it.each([
    ['a second before Thursday’s list closes', '2026-08-21T01:29:59Z', '2026-08-19'],
    ['when Thursday’s list closes', '2026-08-21T01:30:00Z', '2026-08-20'],
    ['on Saturday before Friday’s list closes', '2026-08-22T01:00:00Z', '2026-08-20'],
    ['on Sunday', '2026-08-23T12:00:00Z', '2026-08-21'],
    ['on Monday, while its own list is open', '2026-08-24T12:00:00Z', '2026-08-21'],
    ['in winter, an hour later', '2026-01-14T02:00:00Z', '2026-01-12'],
  ])('of Hugging Face %s', (_, now, date) => {
    expect(newestClosedList(huggingFace, new Date(now))?.date).toBe(date);
  });

  it.each([
    ['before Thanksgiving', '2026-11-26T12:00:00Z', '2026-11-26'],
    ['after Thanksgiving, whose evening has no announcement', '2026-11-27T12:00:00Z', '2026-11-26'],
    ['on the Monday after', '2026-11-30T12:00:00Z', '2026-11-30'],
  ])('of arXiv %s', (_, now, date) => {
    expect(newestClosedList(arxiv, new Date(now))?.date).toBe(date);
  });

  it('is none before the first list', () => {
    expect(newestClosedList(huggingFace, new Date('2022-12-31T00:00:00Z'))).toBeUndefined();
  });
});

describe('the next list', () => {
  it.each([
    ['on Friday after the close', '2026-08-22T02:00:00Z', '2026-08-24'],
    ['while one is open', '2026-08-20T12:00:00Z', '2026-08-20'],
  ])('%s', (_, now, date) => {
    expect(nextList(huggingFace, new Date(now))?.date).toBe(date);
  });

  it('has not closed, and follows the newest closed one, at any time', () => {
    const times = fc.date({
      min: new Date('2024-01-02T00:00:00Z'),
      max: new Date('2032-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, fc.constantFrom(huggingFace, arxiv), (now, calendar) => {
        const newest = newestClosedList(calendar, now)!;
        const next = nextList(calendar, now)!;
        expect(hasClosed(newest, now)).toBe(true);
        expect(hasClosed(next, now)).toBe(false);
        expect(next.date > newest.date).toBe(true);
        for (const date of daysBetween(addDays(newest.date, 1), addDays(next.date, -1))) {
          expect(calendar.day(date).kind).toBe('quiet');
        }
      }),
    );
  });
});

describe('a list', () => {
  const list = {
    date: '2026-08-20',
    opensAt: '2026-08-20T01:30:00.000Z',
    closesAt: '2026-08-21T01:30:00.000Z',
  };

  it('is open from its first moment and closed from its last', () => {
    expect(hasOpened(list, new Date('2026-08-20T01:29:59.999Z'))).toBe(false);
    expect(hasOpened(list, new Date(list.opensAt))).toBe(true);
    expect(hasClosed(list, new Date('2026-08-21T01:29:59.999Z'))).toBe(false);
    expect(hasClosed(list, new Date(list.closesAt))).toBe(true);
  });

  it('is whole when it was read after its close', () => {
    expect(isWhole(list, undefined)).toBe(false);
    expect(isWhole(list, '2026-08-21T01:29:59.999Z')).toBe(false);
    expect(isWhole(list, list.closesAt)).toBe(true);
  });
});
