import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSince, takeSince } from '../../../../src/core/commands/input/since.ts';
import { UserError } from '../../../../src/core/errors.ts';

const NOW = new Date('2026-03-31T23:30:00Z');

describe('since', () => {
  it.each([
    ['2026-03-10', '2026-03-10'],
    ['2026-3-1', '2026-03-01'],
    ['2026-03', '2026-03-01'],
    ['2025', '2025-01-01'],
    ['today', '2026-03-31'],
    ['Yesterday', '2026-03-30'],
    ['7d', '2026-03-24'],
    ['7 days', '2026-03-24'],
    ['2w', '2026-03-17'],
    ['2 weeks ago', '2026-03-17'],
    ['1m', '2026-02-28'],
    ['3 months', '2025-12-31'],
    ['last week', '2026-03-24'],
    ['the last 3 months', '2025-12-31'],
    ['past year', '2025-03-31'],
    ['a month', '2026-02-28'],
    ['1y', '2025-03-31'],
    ['100 years', '1991-01-01'],
    ['0000-01-01', '1991-01-01'],
  ])('%j is %s', (text, day) => {
    expect(parseSince(text, NOW)).toBe(day);
  });

  it('counts days where the reader is', () => {
    expect(parseSince('today', NOW, 'Europe/Berlin')).toBe('2026-04-01');
  });

  it.each([
    ['2026-02-30', 'There is no day “2026-02-30” in the calendar.'],
    ['2026-13', 'There is no day “2026-13” in the calendar.'],
    ['2026-04-01', '“2026-04-01” is in the future; today is 2026-03-31.'],
    ['soon', 'I don’t understand the date “soon”.'],
    ['99999 days', 'I don’t understand the date'],
    ['constructor', 'I don’t understand the date'],
    ['', 'I don’t understand the date'],
  ])('%j is refused with %j', (text, answer) => {
    expect(() => parseSince(text, NOW)).toThrow(UserError);
    expect(() => parseSince(text, NOW)).toThrow(answer);
  });

  it('is a day or a UserError, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^(last )?\d{0,6} ?(d|days|weeks|m|years|-\d\d-\d\d)$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(parseSince(text, NOW)).toMatch(/^(19|20)\d\d-\d\d-\d\d$/);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('takeSince', () => {
  it.each([
    ['agents', { query: 'agents' }],
    ['agents since:7d', { query: 'agents', since: '7d' }],
    ['Since: 2026-03 agents  tools', { query: 'agents tools', since: '2026-03' }],
    ['since:"3 months" agents since:2w', { query: 'agents', since: '2w' }],
    ['"ever since:then" agents', { query: '"ever since:then" agents' }],
    ['xsince:7d since:', { query: 'xsince:7d since:' }],
  ])('of %j', (query, taken) => {
    expect(takeSince(query)).toEqual(taken);
  });

  it('asks what to look for where nothing else is left', () => {
    expect(() => takeSince('since:7d')).toThrow(/Say what to look for besides “since:7d”/);
  });
});
