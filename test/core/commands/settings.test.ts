import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/core/commands/index.ts';
import type { Subscription } from '../../../src/core/commands/command.ts';
import { callOf, createLog, createServices, createSubscription, NOW, textOf } from './services.ts';

function open(subscription: Subscription | undefined, over = {}) {
  const services = createServices({ subscription: () => Promise.resolve(subscription) });
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const send = (name: string, args: Record<string, string>) => dispatch(callOf({ args }, { name }));
  return { services, send, reply: dispatch(callOf({ text: 'settings' }, over)) };
}

const valuesOf = (fields: readonly { name: string; value?: string }[] = []) =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value ?? '']));

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
    });
  });

  it('holds the usual, in the reader’s own time zone, before there is a digest', async () => {
    const { form } = await open(undefined, { timezone: 'Europe/Berlin' }).reply;
    expect(form?.submit).toBe('Subscribe');
    expect(valuesOf(form?.fields)).toMatchObject({ timezone: 'Europe/Berlin', topics: 'none' });
  });

  it('sent back unchanged changes nothing', async () => {
    const before = createSubscription();
    const { reply, send, services } = open(before);
    await send('subscribe', valuesOf((await reply).form?.fields));
    const { nextDue, ...wish } = before;
    expect(nextDue).toBeDefined();
    expect(services.asked.wishes).toEqual([wish]);
  });

  it('fits the smallest form of any service', async () => {
    const { form } = await open(createSubscription()).reply;
    expect(form?.title.length).toBeLessThanOrEqual(24);
    expect(form?.fields.length).toBeLessThanOrEqual(5);
    expect(form?.fields.every(({ label }) => label.length <= 45)).toBe(true);
  });

  it('says the same in words where there is no form', async () => {
    expect(textOf((await open(createSubscription()).reply).message)).toMatch(
      /gets 8 papers on Monday and Thursday at 07:30 \(Asia\/Tokyo\), preferring agents\.\n.*\n.*subscribe/,
    );
  });

  it('is for those who may manage the channel', async () => {
    const { form, message } = await open(undefined, { canManage: false }).reply;
    expect(form).toBeUndefined();
    expect(textOf(message)).toMatch(/Only people who may manage/);
  });
});
