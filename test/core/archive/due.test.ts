import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, newestCheckpoint, POLL_MS, SETTLE_MS } from '../../../src/core/archive/due.ts';

const list = {
  date: '2026-08-20',
  opensAt: '2026-08-20T01:30:00.000Z',
  closesAt: '2026-08-21T01:30:00.000Z',
};
const CLOSE = Date.parse(list.closesAt);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function readAt(time: number | string, paperCount = 15) {
  return { fetchedAt: new Date(time).toISOString(), paperCount };
}

function due(now: number | string, last?: ReturnType<typeof readAt>): boolean {
  return isDue(list, last, new Date(now));
}

describe('an open list', () => {
  it('is not read before it opens', () => {
    expect(due('2026-08-20T01:29:59Z')).toBe(false);
  });

  it('is read at once, and then every half hour', () => {
    expect(due('2026-08-20T01:30:00Z')).toBe(true);
    expect(due('2026-08-20T08:29:59Z', readAt('2026-08-20T08:00:00Z'))).toBe(false);
    expect(due('2026-08-20T08:30:00Z', readAt('2026-08-20T08:00:00Z'))).toBe(true);
  });

  it('is read every half hour while it is empty, too', () => {
    expect(due('2026-08-20T01:59:59Z', readAt('2026-08-20T01:30:00Z', 0))).toBe(false);
    expect(due('2026-08-20T02:00:00Z', readAt('2026-08-20T01:30:00Z', 0))).toBe(true);
  });
});

describe('40: a list that was read by a clock that ran ahead', () => {
  const ahead = readAt(CLOSE + 2 * DAY_MS);

  it('is read again while it is open, and after it closed', () => {
    expect(due(CLOSE - HOUR_MS, ahead)).toBe(true);
    expect(due(CLOSE + SETTLE_MS - 1, ahead)).toBe(false);
    expect(due(CLOSE + SETTLE_MS, ahead)).toBe(true);
  });
});

describe('a closed list', () => {
  it('is left alone for ten minutes, so that its last papers are there', () => {
    expect(due(CLOSE)).toBe(false);
    expect(due(CLOSE + SETTLE_MS - 1, readAt(CLOSE - 1))).toBe(false);
    expect(due(CLOSE + SETTLE_MS, readAt(CLOSE - 1))).toBe(true);
    expect(due(CLOSE + SETTLE_MS)).toBe(true);
  });

  it.each([1, 2, 3, 7])('is read again %i days later, once', (days) => {
    const checkpoint = CLOSE + SETTLE_MS + days * DAY_MS;
    expect(due(checkpoint - 1, readAt(checkpoint - HOUR_MS))).toBe(false);
    expect(due(checkpoint, readAt(checkpoint - HOUR_MS))).toBe(true);
    expect(due(checkpoint + HOUR_MS, readAt(checkpoint))).toBe(false);
  });

  it('is read once after a sleep through several of those days', () => {
    const now = CLOSE + 5 * DAY_MS;
    expect(due(now, readAt(CLOSE + SETTLE_MS))).toBe(true);
    expect(due(now, readAt(CLOSE + 4 * DAY_MS))).toBe(false);
  });

  it('is never read again after the last of them', () => {
    expect(due(CLOSE + 400 * DAY_MS, readAt(CLOSE + 8 * DAY_MS))).toBe(false);
  });

  it('is asked for every half hour on its first day while it is empty', () => {
    const empty = readAt(CLOSE + SETTLE_MS, 0);
    expect(due(CLOSE + SETTLE_MS + POLL_MS - 1, empty)).toBe(false);
    expect(due(CLOSE + SETTLE_MS + POLL_MS, empty)).toBe(true);
    expect(due(CLOSE + 30 * HOUR_MS, readAt(CLOSE + 28 * HOUR_MS, 0))).toBe(false);
  });
});

describe('any reading', () => {
  const times = fc.integer({ min: CLOSE - 2 * DAY_MS, max: CLOSE + 20 * DAY_MS });

  it('is fresh at the moment of reading', () => {
    fc.assert(
      fc.property(times, fc.nat(50), (now, count) => {
        expect(due(now, readAt(now, count))).toBe(false);
      }),
    );
  });

  it('has its newest checkpoint in the past', () => {
    fc.assert(
      fc.property(times, (now) => {
        expect(newestCheckpoint(list, new Date(now)) ?? now).toBeLessThanOrEqual(now);
        expect(newestCheckpoint(list, new Date(now)) === undefined).toBe(now < CLOSE + SETTLE_MS);
      }),
    );
  });
});
