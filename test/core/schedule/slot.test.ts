import { describe, expect, it } from 'vitest';
import { nextSlot, slotsBetween, type Schedule } from '../../../src/core/schedule/slot.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

function daily(at: string, timezone: string): Schedule {
  return { at, timezone, days: EVERY_DAY };
}

describe('nextSlot', () => {
  it.each([
    ['a usual day', daily('09:00', 'Europe/Berlin'), '2026-07-01T00:00Z', '2026-07-01T07:00Z'],
    ['later the same day', daily('09:00', 'UTC'), '2026-07-01T09:00Z', '2026-07-02T09:00Z'],
  ])('finds %s', (_, schedule, after, due) => {
    expect(nextSlot(schedule, new Date(after)).due).toEqual(new Date(due));
  });

  it('keeps to the chosen weekdays', () => {
    const schedule = { at: '09:00', timezone: 'UTC', days: [1, 4] };
    const slot = nextSlot(schedule, new Date('2026-08-20T10:00Z'));
    expect(slot).toEqual({ due: new Date('2026-08-24T09:00Z'), localDate: '2026-08-24' });
  });

  it('names the slot by the local date, not by the UTC one', () => {
    const slot = nextSlot(daily('08:00', 'Asia/Tokyo'), new Date('2026-08-20T20:00Z'));
    expect(slot).toEqual({ due: new Date('2026-08-20T23:00Z'), localDate: '2026-08-21' });
  });
});

describe('slotsBetween', () => {
  const from = new Date('2026-07-01T09:00Z');

  it('gives every slot that has come, oldest first', () => {
    const slots = slotsBetween(daily('09:00', 'UTC'), from, new Date('2026-07-03T10:00Z'), 7);
    expect(slots.map(({ localDate }) => localDate)).toEqual([
      '2026-07-01',
      '2026-07-02',
      '2026-07-03',
    ]);
  });

  it('gives the newest of many', () => {
    const slots = slotsBetween(daily('09:00', 'UTC'), from, new Date('2027-07-01T09:00Z'), 2);
    expect(slots.map(({ localDate }) => localDate)).toEqual(['2027-06-30', '2027-07-01']);
  });

  it('begins with the first, also where the schedule has changed since', () => {
    const slots = slotsBetween(daily('21:00', 'Asia/Tokyo'), from, from, 7);
    expect(slots).toEqual([{ due: from, localDate: '2026-07-01' }]);
  });
});
