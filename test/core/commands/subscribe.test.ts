import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionWish } from '../../../src/core/commands/command.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import { callOf, createLog, createServices, NOW, textOf } from './services.ts';

/** What a line asks for, as somebody types it. */
async function ask(line: string): Promise<{ wish?: SubscriptionWish; said: string }> {
  const services = createServices();
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const { message } = await dispatch(callOf({ text: `subscribe ${line}` }));
  const [wish] = services.asked.wishes;
  return { ...(wish && { wish }), said: textOf(message) };
}

const MORNING = { at: '09:00', timezone: 'Europe/Berlin' };

describe('/papers subscribe, as people write it', () => {
  it.each([
    ['', { at: '09:00', timezone: 'UTC', days: [1, 2, 3, 4, 5], count: 5, topics: [] }],
    ['9am', { at: '09:00' }],
    ['09:00', { at: '09:00' }],
    ['9:30 pm', { at: '21:30' }],
    ['weekdays', { days: [1, 2, 3, 4, 5] }],
    ['mon,thu', { days: [1, 4] }],
    ['mon, thu', { days: [1, 4] }],
    ['weekly on friday', { days: [5] }],
    ['Berlin', { timezone: 'Europe/Berlin' }],
    ['New York', { timezone: 'America/New_York' }],
    ['9am Berlin weekly on friday', { ...MORNING, days: [5] }],
    ['weekly on friday at 9am in Berlin', { ...MORNING, days: [5] }],
    ['Berlin 9am mon,thu', { ...MORNING, days: [1, 4] }],
    ['9am weekdays 7 agents, video models', { count: 7, topics: ['agents', 'video models'] }],
    ['agents, video models', { at: '09:00', topics: ['agents', 'video models'] }],
    ['9am 3D vision', { at: '09:00', topics: ['3D vision'] }],
    ['topics none', { topics: [] }],
    ['9am weekdays compact early', { at: '09:00', layout: 'compact', mode: 'early' }],
    ['at=9am tz:Berlin', MORNING],
    ['time:9am timezone Berlin', MORNING],
    ['8am New York, weekdays', { at: '08:00', timezone: 'America/New_York' }],
    ['weekdays at 9am Berlin time', MORNING],
    ['10 papers at 9am', { at: '09:00', count: 10 }],
    ['10 9am', { at: '09:00', count: 10 }],
    ['9 5', { at: '09:00', count: 5 }],
    ['900 München', MORNING],
    ['9am Berlin mon,thu 5 agents', { ...MORNING, days: [1, 4], count: 5, topics: ['agents'] }],
  ])('%j', async (line, wanted) => {
    const { wish, said } = await ask(line);
    expect(wish, said).toMatchObject(wanted);
  });

  it('takes what fits in any order', async () => {
    const words = fc.shuffledSubarray(['9am', 'Berlin', 'mon,thu'], { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom('', ' 7', ' 7 agents'), async (parts, rest) => {
        const { wish } = await ask(`${parts.join(' ')}${rest}`);
        expect(wish).toMatchObject({ ...MORNING, days: [1, 4], count: rest === '' ? 5 : 7 });
      }),
      { numRuns: 30 },
    );
  });

  it('says what it doesn’t understand, and changes nothing', async () => {
    for (const line of [
      '25:00',
      'Berlni',
      '9am Berlni',
      '9am Berlin every other day',
      'weekly',
      'tomorrow',
      'help',
      '<@U123>',
      '9am PST',
      '9am UTC+2',
      'settld',
      'mondy',
      '9:60',
      '9am9am',
      '👍',
      '9am Berlin mon 99',
    ]) {
      const { wish, said } = await ask(line);
      expect(wish).toBeUndefined();
      expect(said).toMatch(
        /is no time of day|don’t know|must be|several places|is an offset|no word/,
      );
    }
    expect((await ask('9am 10am')).said).toContain('at is given twice');
    expect((await ask('9am Berlni')).said).toContain('Did you mean Europe/Berlin');
  });
});
