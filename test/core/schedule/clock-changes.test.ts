import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  nextSlot,
  slotsBetween,
  type Schedule,
  type Slot,
} from '../../../src/core/schedule/slot.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** The slots of the days before, of and after a change: the local day, and the instant in UTC. */
const TABLE: readonly (readonly [
  what: string,
  at: string,
  timezone: string,
  slots: readonly (readonly [localDate: string, due: string])[],
])[] = [
  [
    'a day with no 02:30',
    '02:30',
    'America/New_York',
    [
      ['2026-03-07', '2026-03-07T07:30Z'],
      ['2026-03-08', '2026-03-08T07:30Z'],
      ['2026-03-09', '2026-03-09T06:30Z'],
    ],
  ],
  [
    'a day with two 01:30',
    '01:30',
    'America/New_York',
    [
      ['2026-10-31', '2026-10-31T05:30Z'],
      ['2026-11-01', '2026-11-01T05:30Z'],
      ['2026-11-02', '2026-11-02T06:30Z'],
    ],
  ],
  [
    'a day with no 01:30',
    '01:30',
    'Europe/London',
    [
      ['2026-03-28', '2026-03-28T01:30Z'],
      ['2026-03-29', '2026-03-29T01:30Z'],
      ['2026-03-30', '2026-03-30T00:30Z'],
    ],
  ],
  [
    'a day with two 01:30',
    '01:30',
    'Europe/London',
    [
      ['2026-10-24', '2026-10-24T00:30Z'],
      ['2026-10-25', '2026-10-25T00:30Z'],
      ['2026-10-26', '2026-10-26T01:30Z'],
    ],
  ],
  [
    'a day with no half past midnight',
    '00:30',
    'Africa/Cairo',
    [
      ['2026-04-23', '2026-04-22T22:30Z'],
      ['2026-04-24', '2026-04-23T22:30Z'],
      ['2026-04-25', '2026-04-24T21:30Z'],
    ],
  ],
  [
    'a day that ends twice',
    '23:30',
    'Africa/Cairo',
    [
      ['2026-10-28', '2026-10-28T20:30Z'],
      ['2026-10-29', '2026-10-29T20:30Z'],
      ['2026-10-30', '2026-10-30T21:30Z'],
    ],
  ],
  [
    'a day with no half past midnight',
    '00:30',
    'America/Santiago',
    [
      ['2026-09-05', '2026-09-05T04:30Z'],
      ['2026-09-06', '2026-09-06T04:30Z'],
      ['2026-09-07', '2026-09-07T03:30Z'],
    ],
  ],
  [
    'a day that ends twice',
    '23:30',
    'America/Santiago',
    [
      ['2026-04-03', '2026-04-04T02:30Z'],
      ['2026-04-04', '2026-04-05T02:30Z'],
      ['2026-04-05', '2026-04-06T03:30Z'],
    ],
  ],
  [
    'half an hour that is missing',
    '02:15',
    'Australia/Lord_Howe',
    [
      ['2026-10-03', '2026-10-02T15:45Z'],
      ['2026-10-04', '2026-10-03T15:45Z'],
      ['2026-10-05', '2026-10-04T15:15Z'],
    ],
  ],
  [
    'half an hour that comes twice',
    '01:45',
    'Australia/Lord_Howe',
    [
      ['2026-04-04', '2026-04-03T14:45Z'],
      ['2026-04-05', '2026-04-04T14:45Z'],
      ['2026-04-06', '2026-04-05T15:15Z'],
    ],
  ],
  [
    'no change at all',
    '02:30',
    'Asia/Kolkata',
    [
      ['2026-03-07', '2026-03-06T21:00Z'],
      ['2026-03-08', '2026-03-07T21:00Z'],
      ['2026-03-09', '2026-03-08T21:00Z'],
    ],
  ],
];

describe('39: clocks that change', () => {
  it.each(TABLE)('%s: one slot a day for %s in %s', (_, at, timezone, expected) => {
    const slots: Slot[] = [];
    let after = new Date(Date.parse(expected[0]![1]) - 1);
    for (const each of expected) {
      const slot = nextSlot({ at, timezone, days: EVERY_DAY }, after);
      slots.push(slot);
      after = slot.due;
      expect(slot.due).toEqual(new Date(each[1]));
      expect(slotsBetween({ at, timezone, days: EVERY_DAY }, slot.due, slot.due, 7)).toEqual([
        slot,
      ]);
    }
    expect(slots.map(({ localDate }) => localDate)).toEqual(expected.map(([date]) => date));
  });

  const schedules = fc.record({
    timezone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    at: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  });

  it('over any two years, in any zone, any schedule has exactly one slot for each due date', () => {
    const starts = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(schedules, starts, (schedule, start) => {
        const first = Temporal.PlainDate.from('2020-01-01').add({ days: start });
        const dates = slotsOf(schedule, first, first.add({ years: 2 })).map(
          ({ localDate }) => localDate,
        );
        expect(dates).toEqual(dueDates(schedule, dates[0]!, dates.at(-1)!));
        expect(dates.length).toBeGreaterThan(100);
      }),
      { numRuns: 15 },
    );
  });

  function slotsOf(
    schedule: Schedule,
    from: Temporal.PlainDate,
    until: Temporal.PlainDate,
  ): Slot[] {
    const end = new Date(`${until.toString()}T12:00Z`);
    const slots = [nextSlot(schedule, new Date(`${from.toString()}T12:00Z`))];
    for (let [slot] = slots; slot !== undefined && slot.due < end; slot = slots.at(-1)) {
      slots.push(nextSlot(schedule, slot.due));
    }
    return slots;
  }

  function dueDates({ days }: Schedule, first: string, last: string): string[] {
    const dates: string[] = [];
    let date = Temporal.PlainDate.from(first);
    for (; date.toString() <= last; date = date.add({ days: 1 })) {
      if (days.includes(date.dayOfWeek)) dates.push(date.toString());
    }
    return dates;
  }
});
