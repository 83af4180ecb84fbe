import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDays, parseDays, parseTime } from '../../../../src/core/commands/input/when.ts';
import { UserError } from '../../../../src/core/errors.ts';

describe('a time of day', () => {
  it.each([
    ['9am', '09:00'],
    ['9 AM', '09:00'],
    ['9 a.m.', '09:00'],
    ['09:00', '09:00'],
    ['9:00', '09:00'],
    ['9', '09:00'],
    ['at 9', '09:00'],
    ['9:30 pm', '21:30'],
    ['9.30pm', '21:30'],
    ['9.30', '09:30'],
    ['21h', '21:00'],
    ['21h30', '21:30'],
    ['0900', '09:00'],
    ['2130', '21:30'],
    ['12am', '00:00'],
    ['12:15am', '00:15'],
    ['12pm', '12:00'],
    ['noon', '12:00'],
    ['Midnight', '00:00'],
    ['00:00', '00:00'],
    ['23:59', '23:59'],
  ])('%j is %s', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each(['', '24:00', '25', '9:60', '13pm', '0am', 'nine', '9:5', '-1', '9:30:00', '12345'])(
    '%j is none',
    (text) => {
      expect(() => parseTime(text)).toThrow(UserError);
    },
  );
});

describe('days', () => {
  it.each([
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['every day', [1, 2, 3, 4, 5, 6, 7]],
    ['7 days a week', [1, 2, 3, 4, 5, 6, 7]],
    ['Weekdays', [1, 2, 3, 4, 5]],
    ['every weekday', [1, 2, 3, 4, 5]],
    ['weekends', [6, 7]],
    ['mon,thu', [1, 4]],
    ['thu mon', [1, 4]],
    ['Monday and Thursday', [1, 4]],
    ['tues, thurs', [2, 4]],
    ['mo we fr', [1, 3, 5]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['mon – fri', [1, 2, 3, 4, 5]],
    ['monday to friday', [1, 2, 3, 4, 5]],
    ['fri-mon', [1, 5, 6, 7]],
    ['weekly on friday', [5]],
    ['Fridays', [5]],
    ['every tuesday', [2]],
    ['weekdays, sunday', [1, 2, 3, 4, 5, 7]],
    ['mon,mon', [1]],
  ])('%j are %j', (text, days) => {
    expect(parseDays(text)).toEqual(days);
  });

  it.each([
    '',
    'weekly',
    'someday',
    'm',
    'mon-',
    'mon-xyz',
    '-mon',
    'mon-tue-wed',
    'constructor',
    'monthly',
    '1',
  ])('%j are none', (text) => {
    expect(() => parseDays(text)).toThrow(UserError);
  });

  it('are described so that they parse back, whichever they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (days) => {
        expect(parseDays(describeDays(days))).toEqual([...days].sort());
      }),
    );
  });

  it('read like a sentence’s end', () => {
    expect(describeDays([1, 2, 3, 4, 5])).toBe('Monday to Friday');
    expect(describeDays([5])).toBe('on Friday');
    expect(describeDays([1, 3, 6])).toBe('on Monday, Wednesday and Saturday');
  });
});

describe('for any text', () => {
  it('times and days are understood or refused with a UserError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(parseTime, parseDays),
        (s, parse) => {
          try {
            expect(parse(s).length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
    );
  });
});
