import { describe, expect, it } from 'vitest';
import { createSuggest } from '../../../src/core/commands/index.ts';
import type { CommandServices } from '../../../src/core/commands/command.ts';
import { CHANNEL, createLog, createServices, READER, type LogLine } from './services.ts';

const lines: LogLine[] = [];

function suggest(name: string, arg: string, typed: string, over: Partial<CommandServices> = {}) {
  const services = createServices({
    suggestPapers: (text) =>
      Promise.resolve([{ name: `Paper about ${text}`, value: '2608.01234' }]),
    suggestTopics: (text) => Promise.resolve([{ name: `${text}ts`, value: `${text}ts` }]),
    ...over,
  });
  const call = { name, arg, typed, channel: CHANNEL, reader: READER };
  return createSuggest({ services, log: createLog(lines) })(call);
}

describe('suggestions', () => {
  it('complete a paper by its title', async () => {
    expect(await suggest('show', 'paper', 'reading')).toEqual([
      { name: 'Paper about reading', value: '2608.01234' },
    ]);
  });

  it('complete a topic, and the last one of several', async () => {
    expect(await suggest('topic', 'query', 'agen')).toEqual([{ name: 'agents', value: 'agents' }]);
    expect(await suggest('subscribe', 'topics', 'video, agen')).toEqual([
      { name: 'video, agents', value: 'video, agents' },
    ]);
  });

  it('complete a time zone by its city', async () => {
    const zones = await suggest('subscribe', 'timezone', 'new y');
    expect(zones[0]).toEqual({ name: 'America/New York', value: 'America/New_York' });
    expect(await suggest('subscribe', 'timezone', '')).toHaveLength(25);
  });

  it('never name more than fits, and leave out what cannot be put in', async () => {
    const long = { name: 'x'.repeat(300), value: 'fits' };
    const many = Array.from({ length: 40 }, () => long);
    const offers = await suggest('topic', 'query', '', {
      suggestTopics: () => Promise.resolve([{ name: 'no', value: 'x'.repeat(101) }, ...many]),
    });
    expect(offers).toHaveLength(25);
    expect(offers.every(({ name, value }) => name.length <= 100 && value === 'fits')).toBe(true);
  });

  it('are none for what has none, and for the unknown', async () => {
    expect(await suggest('today', 'count', '1')).toEqual([]);
    expect(await suggest('nothing', 'of', 'it')).toEqual([]);
  });

  it('are none, and a line in the log, when looking them up fails', async () => {
    const suggestTopics = () => Promise.reject(new Error('the disk is gone'));
    expect(await suggest('topic', 'query', 'a', { suggestTopics })).toEqual([]);
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      fields: { command: 'topic', arg: 'query' },
    });
  });
});
