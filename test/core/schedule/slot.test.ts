import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
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
    [
      'a skipped 02:30',
      daily('02:30', 'America/New_York'),
      '2026-03-08T05:00Z',
      '2026-03-08T07:30Z',
    ],
    [
      'a doubled 01:30',
      daily('01:30', 'America/New_York'),
      '2026-11-01T04:00Z',
      '2026-11-01T05:30Z',
    ],
    [
      'after a doubled 01:30',
      daily('01:30', 'America/New_York'),
      '2026-11-01T05:30Z',
      '2026-11-02T06:30Z',
    ],
    [
      'a skipped midnight',
      daily('00:00', 'Africa/Cairo'),
      '2026-04-23T12:00Z',
      '2026-04-23T22:00Z',
    ],
    [
      'a half-hour change',
      daily('02:15', 'Australia/Lord_Howe'),
      '2026-10-03T10:00Z',
      '2026-10-03T15:45Z',
    ],
    [
      'a zone without changes',
      daily('09:00', 'Asia/Kolkata'),
      '2026-03-08T00:00Z',
      '2026-03-08T03:30Z',
    ],
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

  const zones = [
    'America/New_York',
    'Europe/London',
    'Africa/Cairo',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
    'UTC',
  ];
  const schedules = fc.record({
    timezone: fc.constantFrom(...zones),
    at: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(
        ([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
      ),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  });

  it('gives exactly one slot to every due local date, whatever the zone', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 0, max: 700 }), (schedule, start) => {
        const first = Temporal.PlainDate.from('2025-01-01').add({ days: start });
        let after = new Date(`${first.toString()}T12:00Z`);
        const dates: string[] = [];
        for (let step = 0; step < 30; step += 1) {
          const slot = nextSlot(schedule, after);
          expect(slot.due > after).toBe(true);
          expect(slotsBetween(schedule, slot.due, slot.due, 7)).toEqual([slot]);
          dates.push(slot.localDate);
          after = slot.due;
        }
        expect(dates).toEqual(dueDates(schedule, dates[0]!, dates.length));
      }),
      { numRuns: 60 },
    );
  });

  function dueDates({ days }: Schedule, from: string, count: number): string[] {
    const dates: string[] = [];
    for (
      let date = Temporal.PlainDate.from(from);
      dates.length < count;
      date = date.add({ days: 1 })
    ) {
      if (days.includes(date.dayOfWeek)) dates.push(date.toString());
    }
    return dates;
  }
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
