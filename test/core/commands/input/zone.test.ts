import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimezone } from '../../../../src/core/commands/input/zone.ts';
import { UserError } from '../../../../src/core/errors.ts';

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['EST', 'America/New_York'],
    ['new york', 'America/New_York'],
    ['New_York', 'America/New_York'],
    ['america/new york', 'America/New_York'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Beijing', 'Asia/Shanghai'],
    ['JST', 'Asia/Tokyo'],
    ['Tübingen', 'Europe/Berlin'],
    ['Osaka', 'Asia/Tokyo'],
    ['Hyderabad', 'Asia/Kolkata'],
    ['Haifa', 'Asia/Jerusalem'],
    ['Germany', 'Europe/Berlin'],
    ['Berlin, Germany', 'Europe/Berlin'],
    ['Denver, USA', 'America/Denver'],
    ['Eastern time', 'America/New_York'],
  ])('%j is %s', (text, zone) => {
    expect(parseTimezone(text)).toBe(zone);
  });

  it.each([
    ['europe/berln', 'Did you mean Europe/Berlin?'],
    ['Tokio', 'Did you mean Asia/Tokyo?'],
    ['IST', 'Write Asia/Kolkata, Europe/Dublin or Asia/Jerusalem.'],
    ['CET', 'Write Europe/Berlin, Europe/Paris or Europe/Madrid.'],
    ['united states', 'Write America/New_York, America/Chicago or America/Los_Angeles.'],
    ['Paris, USA', 'Did you mean Europe/Paris?'],
    ['Cambridge', 'Write Europe/London or America/New_York.'],
    ['Berlin, Gondor', 'Did you mean Europe/Berlin?'],
    ['+02:00', '“+02:00” is an offset'],
    ['UTC+2', '“UTC+2” is an offset'],
    ['Gondor/Minas_Tirith', 'Write a city or a name like Europe/Berlin.'],
    ['', 'Write a city or a name like Europe/Berlin.'],
  ])('%j is answered with %j', (text, answer) => {
    expect(() => parseTimezone(text)).toThrow(UserError);
    expect(() => parseTimezone(text)).toThrow(answer);
  });

  it('is offered at most three times', () => {
    expect(() => parseTimezone('america')).toThrow(/Did you mean [^ ]+, [^ ]+ or [^ ]+\?$/);
  });

  it('that is known by its IANA name is taken as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (zone) => {
        expect(parseTimezone(zone)).toBe(zone);
        expect(parseTimezone(zone.toLowerCase())).toBe(zone);
      }),
    );
  });

  it('is understood or refused with a UserError, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(parseTimezone(text)).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
