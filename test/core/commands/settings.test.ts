import { describe, expect, it } from 'vitest';
import type { ArgValues } from '../../../src/core/command-call.ts';
import type { FormField } from '../../../src/core/form.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import type { Subscription } from '../../../src/core/commands/command.ts';
import { callOf, createLog, createServices, createSubscription, NOW, textOf } from './services.ts';

function open(subscription: Subscription | undefined, over = {}) {
  const services = createServices({ subscription: () => Promise.resolve(subscription) });
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const send = (name: string, args: ArgValues) => dispatch(callOf({ args }, { name }));
  return { services, send, reply: dispatch(callOf({ text: 'settings' }, over)) };
}

const argumentsIn = (fields: readonly FormField[] = []) =>
  fields.filter(({ kind }) => kind !== 'channel');

const valuesOf = (fields: readonly FormField[] = []) =>
  Object.fromEntries(argumentsIn(fields).map(({ name, value = '' }) => [name, value]));

/** What a service with pickers sends: the values of what is chosen, not its words. */
const picksOf = (fields: readonly FormField[] = []) =>
  Object.fromEntries(
    argumentsIn(fields).map((field) => [
      field.name,
      field.kind === 'choices' ? field.chosen : (field.value ?? ''),
    ]),
  );

describe('settings', () => {
  it('is a form that holds what is in force', async () => {
    const { form, private: hidden } = await open(createSubscription()).reply;
    expect(hidden).toBe(true);
    expect(form).toMatchObject({ command: 'subscribe', submit: 'Save' });
    expect(valuesOf(form?.fields)).toEqual({
      at: '07:30',
      timezone: 'Asia/Tokyo',
      days: 'on Monday and Thursday',
      count: '8',
      topics: 'agents',
      layout: 'thread',
      mode: 'settled',
      quiet: 'note',
    });
  });

  it('holds the usual, in the reader’s own time zone, before there is a digest', async () => {
    const { form } = await open(undefined, { timezone: 'Europe/Berlin' }).reply;
    expect(form?.submit).toBe('Subscribe');
    expect(valuesOf(form?.fields)).toMatchObject({ timezone: 'Europe/Berlin', topics: 'none' });
  });

  it.each([
    ['words', valuesOf],
    ['picks', picksOf],
  ])('sent back unchanged as %s changes nothing', async (_, read) => {
    const before = createSubscription({ layout: 'compact', mode: 'early' });
    const { reply, send, services } = open(before);
    await send('subscribe', read((await reply).form?.fields));
    const { nextDue, ...wish } = before;
    expect(nextDue).toBeDefined();
    expect(services.asked.wishes).toEqual([wish]);
  });

  it.each([
    ['a comma', ['video, image generation', 'agents']],
    ['a hundred characters', Array.from({ length: 20 }, (_, n) => `${n} `.padEnd(100, 'x'))],
  ])('sent back unchanged keeps topics of %s', async (_, topics) => {
    const { reply, send, services } = open(createSubscription({ topics }));
    const sent = await send('subscribe', valuesOf((await reply).form?.fields));
    expect(services.asked.wishes, textOf(sent.message)).toMatchObject([{ topics }]);
  });

  it('fits the smallest form of any service', async () => {
    const { form } = await open(createSubscription()).reply;
    expect(form?.title.length).toBeLessThanOrEqual(24);
    expect(form?.fields.every(({ label }) => label.length <= 45)).toBe(true);
  });

  it('offers the most important first, since some services show five', async () => {
    const { form } = await open(createSubscription()).reply;
    const names = argumentsIn(form?.fields).map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual(['at', 'timezone', 'days', 'count', 'topics']);
  });

  it('says the same in words where there is no form', async () => {
    expect(textOf((await open(createSubscription()).reply).message)).toMatch(
      /gets 8 papers on Monday and Thursday at 07:30 \(Asia\/Tokyo\), preferring agents\.\n.*\n.*subscribe/,
    );
  });

  it.each([
    [{ layout: 'compact' }, '(Asia/Tokyo), all in one message, preferring agents.'],
    [{ layout: 'channel' }, '(Asia/Tokyo), each in a message of its own, preferring agents.'],
    [{ mode: 'early' }, '(Asia/Tokyo), from the day’s list so far, preferring agents.'],
    [
      { layout: 'compact', mode: 'early', topics: [] },
      '(Asia/Tokyo), from the day’s list so far, all in one message.',
    ],
  ] as const)('says %j where it is not the usual', async (over, said) => {
    expect(textOf((await open(createSubscription(over)).reply).message)).toContain(said);
  });

  it('calls direct messages no channel', async () => {
    const own = createSubscription({ personal: true });
    expect(textOf((await open(own).reply).message)).toMatch(/^You get 8 papers/);
  });

  it('is for those who may manage the channel', async () => {
    const { form, message } = await open(undefined, { canManage: false }).reply;
    expect(form).toBeUndefined();
    expect(textOf(message)).toMatch(/Only people who may manage/);
  });
});

describe('a field that holds more than its own', () => {
  it.each([
    [{ at: '9am Berlin' }, /more than a time of day.*at:9am timezone:Berlin/],
    [{ at: 'weekdays 9am' }, /more than a time of day.*at:9am days:weekdays/],
    [{ at: '9am Gondor' }, /is no time of day/],
    [{ timezone: 'mon' }, /mon are days, not a time zone\. Write days:mon/],
  ])('%j says where that goes', async (args, said) => {
    const { send, services } = open(undefined);
    expect(textOf((await send('subscribe', args)).message)).toMatch(said);
    expect(services.asked.wishes).toEqual([]);
  });

  it('may name a city and its country', async () => {
    const { send, services } = open(undefined);
    await send('subscribe', { timezone: 'Berlin, Germany' });
    expect(services.asked.wishes).toMatchObject([{ timezone: 'Europe/Berlin' }]);
  });
});

describe('settings links', () => {
  it.each([
    ['off', false],
    ['on', true],
  ])('turns the cards of pasted links %s, and says so to everyone', async (word, shown) => {
    const turned: boolean[] = [];
    const services = createServices({
      setLinks: (_channel, wanted) => {
        turned.push(wanted);
        return Promise.resolve();
      },
    });
    const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
    const reply = await dispatch(callOf({ text: `settings links:${word}` }));
    expect([turned, reply.private]).toEqual([[shown], false]);
    expect(textOf(reply.message)).toMatch(/Links to papers/);
  });

  it('is refused to those who may not manage the channel', async () => {
    const services = createServices({ setLinks: () => Promise.reject(new Error('bug')) });
    const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
    const call = callOf({ text: 'settings links:off' }, { canManage: false });
    expect(textOf((await dispatch(call)).message)).toMatch(/Only people who may manage/);
  });
});
