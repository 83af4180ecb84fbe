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

const EARLY = { layout: 'compact', mode: 'early' };
const ALL = { ...EARLY, silent: true };

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const TOPICS = ['agents', 'video models'];

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
    ['agents 9am', { at: '09:00', topics: ['agents'] }],
    ['agents, video models 9am Berlin weekends', { ...MORNING, days: [6, 7], topics: TOPICS }],
    ['agents, 9am Berlin, video models', { ...MORNING, topics: TOPICS }],
    ['agents, early, video models', { mode: 'early', topics: TOPICS }],
    ['agents at 9am in Berlin', { ...MORNING, topics: ['agents'] }],
    ['monday 9am and thursday', { at: '09:00', days: [1, 4], topics: [] }],
    ['9am early', { mode: 'early', topics: [] }],
    ['compact', { layout: 'compact', topics: [] }],
    ['9am CT weekdays', { timezone: 'America/Chicago', topics: [] }],
    ['9am SAT', { days: [6], topics: [] }],
    ['time series', { topics: ['time series'] }],
    ['SAT', { days: [1, 2, 3, 4, 5], topics: ['SAT'] }],
    ['agents, MT', { timezone: 'UTC', topics: ['agents', 'MT'] }],
    ['9am Tübingen', MORNING],
    ['9am Osaka', { timezone: 'Asia/Tokyo' }],
    ['9am Pacific time', { timezone: 'America/Los_Angeles' }],
    ['9am Berlin, Germany', { ...MORNING, topics: [] }],
    ["9 o'clock", { at: '09:00', topics: [] }],
    ['"video, image generation"', { topics: ['video, image generation'] }],
    ['agents, "video, image generation"', { topics: ['agents', 'video, image generation'] }],
    ['topics:"agents, video models"', { topics: TOPICS }],
    ['at: 9:30 pm', { at: '21:30', topics: [] }],
    ['at: 9 am agents', { at: '09:00', topics: ['agents'] }],
    ['days: mon and thu', { days: [1, 4], topics: [] }],
    ['days: mon, thu', { days: [1, 4], topics: [] }],
    ['timezone: New York', { timezone: 'America/New_York', topics: [] }],
    ['tz: San Francisco 9am', { at: '09:00', timezone: 'America/Los_Angeles', topics: [] }],
    ['at: 9am, timezone: Berlin, mode: early', { ...MORNING, mode: 'early', topics: [] }],
    [
      '9am Berlin weekdays 5 agents compact early silent',
      { ...ALL, ...MORNING, topics: ['agents'] },
    ],
    ['9am Berlin weekdays 5 compact early agents', { ...EARLY, ...MORNING, topics: ['agents'] }],
    ['9am Berlin 5 compact early silent agents', { ...ALL, ...MORNING, topics: ['agents'] }],
    ['compact early agents, video models', { ...EARLY, topics: TOPICS }],
    ['5 early compact', { ...EARLY, topics: [] }],
    ['agents channel early', { layout: 'channel', mode: 'early', topics: ['agents'] }],
    ['9am agents, video models compact early', { ...EARLY, topics: TOPICS }],
    ['9am 5 agents compact', { layout: 'compact', topics: ['agents'] }],
    ['agents early 9am', { at: '09:00', mode: 'early', topics: ['agents'] }],
    ['early mode', { mode: 'early', topics: [] }],
    ['compact layout', { layout: 'compact', topics: [] }],
    ['9am Berlin early mode, agents', { ...MORNING, mode: 'early', topics: ['agents'] }],
    ['agents early mode compact layout', { ...EARLY, topics: ['agents'] }],
    ['5 early exit networks', { count: 5, mode: 'settled', topics: ['early exit networks'] }],
    ['9am side channel', { layout: 'thread', topics: ['side channel'] }],
    ['agents "early"', { mode: 'settled', topics: ['agents "early"'] }],
    ['9am early channel estimation', { topics: ['early channel estimation'] }],
    ['9am 7 days a week', { at: '09:00', days: EVERY_DAY, topics: [] }],
    ['7 days a week', { at: '09:00', days: EVERY_DAY, topics: [] }],
    ['agents five days a week', { days: [1, 2, 3, 4, 5], topics: ['agents'] }],
    ['ten papers', { count: 10, topics: [] }],
    ['ten papers a day about agents', { count: 10, topics: ['agents'] }],
    ['5 papers on agents', { count: 5, topics: ['agents'] }],
    ['10 papers on friday', { count: 10, days: [5], topics: [] }],
    ['daily digest at 9am', { at: '09:00', days: EVERY_DAY, topics: [] }],
    ['a weekly digest on friday about agents', { days: [5], topics: ['agents'] }],
    ['me to agents at 9am please', { at: '09:00', topics: ['agents'] }],
    ['on', { topics: [] }],
    ['please', { topics: [] }],
    ['to agents', { topics: ['agents'] }],
    ['about agents, video models', { topics: TOPICS }],
    ['papers about agents', { topics: ['agents'] }],
    ['"to agents"', { topics: ['to agents'] }],
    ['9am Boston, USA', { timezone: 'America/New_York', topics: [] }],
    ['timezone: Center', { timezone: 'America/North_Dakota/Center' }],
  ])('%j', async (line, wanted) => {
    const { wish, said } = await ask(line);
    expect(wish, said).toMatchObject(wanted);
  });

  const research = [
    ...[
      'early exit networks',
      'channel pruning',
      'compact models',
      'compact models channel',
      'thread safety',
      'threat models',
    ],
    ...['SAT solving', 'sat solvers', 'all pairs shortest paths', 'sun attribution'],
    ...['center loss', 'center', 'wake word detection', 'oral cancer', 'universal approximation'],
    ...['CT reconstruction', 'central limit theorem', 'Darwin Gödel machine', 'NLP for India'],
    ...['noise', 'moral alignment', 'faster detectors', 'pairs', 'Turing test', 'topic modeling'],
    ...['llama 3', 'GPT 4', '4-bit quantization', '3-shot prompting', 'off policy RL'],
    ...[
      'stop gradient',
      'hourly forecasting',
      'day ahead prices',
      'on device learning',
      'two view geometry',
      'elections in Europe',
      'US politics',
      'local attention',
      'once for all',
    ],
  ];

  const around = (topic: string) => [
    [topic, 'UTC'],
    [`${topic}, ${topic}`, 'UTC'],
    [`9am Berlin ${topic}`, 'Europe/Berlin'],
    [`${topic} at 9am in Berlin`, 'Europe/Berlin'],
  ];

  it.each(research)('takes %j for a topic, alone and beside a schedule', async (topic) => {
    const usual = { days: [1, 2, 3, 4, 5], count: 5, mode: 'settled', layout: 'thread' };
    for (const [line = '', timezone] of around(topic)) {
      const { wish, said } = await ask(line);
      expect(wish, said).toMatchObject({ ...usual, at: '09:00', timezone, topics: [topic] });
    }
  });

  it('takes a schedule before the topics or after them', async () => {
    const words = ['8:30 pm', 'in New York', 'mon and thu', '7 papers'];
    const schedule = fc.shuffledSubarray(words, { minLength: 4 });
    const wanted = { at: '20:30', timezone: 'America/New_York', days: [1, 4], count: 7 };
    await fc.assert(
      fc.asyncProperty(schedule, fc.boolean(), fc.nat(4), async (parts, comma, at) => {
        const line = [...parts.slice(0, at), 'agents, video models', ...parts.slice(at)];
        const { wish, said } = await ask(line.join(comma ? ', ' : ' '));
        expect(wish, said).toMatchObject({ ...wanted, topics: TOPICS });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['off', /\/papers unsubscribe/],
    ['stop', /\/papers unsubscribe/],
    ['9am monthly', /days of the week: .*mon,thu/],
    ['biweekly', /days of the week/],
    ['first monday', /days of the week/],
    ['hourly', /once a day/],
    ['half past nine', /09:00, 9am or 9:30pm/],
    ['9pm tonight', /once a day/],
    ['9am Cambridge', /Write Europe\/London or America\/New_York/],
    ['9am USA', /“USA” has several time zones\. Write America\/New_York, /],
    ['9am Canada', /Write America\/Toronto, /],
    ['9am Australia weekdays', /Write Australia\/Sydney, /],
    ['agents 9am Europe', /Write Europe\/London, /],
    ['9am in the United States', /Write America\/New_York, /],
    ['digest', /takes --at/],
    ['9am, Berlni, agents', /Did you mean Europe\/Berlin/],
    ['agents 9am Berlni', /Did you mean Europe\/Berlin/],
  ])('answers %j with what works', async (line, answer) => {
    const { wish, said } = await ask(line);
    expect(wish).toBeUndefined();
    expect(said).toMatch(answer);
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
