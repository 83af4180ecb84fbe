import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/core/commands/index.ts';
import type { CommandCall } from '../../../src/core/command-call.ts';
import type { CommandServices } from '../../../src/core/commands/command.ts';
import {
  callOf,
  CHANNEL,
  createLog,
  createPaper,
  createServices,
  createSubscription,
  NOW,
  READER,
  textOf,
} from './services.ts';

async function run(
  line: string,
  over: Partial<CommandServices> = {},
  call: Partial<CommandCall> = {},
) {
  const services = createServices({
    subscription: () =>
      Promise.resolve(createSubscription({ topics: ['agents'], muted: ['cats'] })),
    ...over,
  });
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const reply = await dispatch(callOf({ text: line }, call));
  return { reply, said: textOf(reply.message), wish: services.asked.topics[0] };
}

describe('topics', () => {
  it('are added to those that there are, once each, and everybody is told', async () => {
    const { reply, said, wish } = await run('topics add Agents, author:"Doe, Jane"');
    const added = ['Agents', 'author:"Doe, Jane"'];
    expect(wish).toEqual({ channel: CHANNEL, reader: READER, field: 'topics', topics: added });
    expect(reply.private).toBe(false);
    expect(said).toContain('Papers about these topics come first here:');
  });

  it('with a comma stay whole when others are added, and are shown as they are written', async () => {
    const before = createSubscription({ topics: ['video, image generation'] });
    const subscription = () => Promise.resolve(before);
    const { said, wish } = await run('topics add agents', { subscription });
    expect(wish).toMatchObject({ topics: ['video, image generation', 'agents'] });
    expect(said).toContain('/papers topics remove "video, image generation"');
    const removed = await run('topics remove "video, image generation"', { subscription });
    expect(removed.wish).toMatchObject({ topics: [] });
    const added = await run('topics add "speech, audio"');
    expect(added.wish).toMatchObject({ topics: ['agents', 'speech, audio'] });
  });

  it('may begin with the name of an action', async () => {
    expect((await run('topics add list decoding')).wish).toMatchObject({
      topics: ['agents', 'list decoding'],
    });
    expect((await run('topics add action recognition')).wish).toMatchObject({
      topics: ['agents', 'action recognition'],
    });
  });

  it('are at most twenty, of a hundred characters each', async () => {
    const twenty = Array.from({ length: 20 }, (_, n) => `topic ${n}`);
    const subscription = () => Promise.resolve(createSubscription({ topics: twenty }));
    expect((await run('topics add robots', { subscription })).said).toMatch(/21 topics/);
    expect((await run(`topics add ${'x'.repeat(101)}`)).said).toMatch(/at most 100 characters/);
  });

  it('of any length are taken off, since they once could be', async () => {
    const long = 'x'.repeat(200);
    const subscription = () => Promise.resolve(createSubscription({ topics: [long, 'rag'] }));
    const { wish } = await run(`topics remove ${long}`, { subscription });
    expect(wish).toMatchObject({ topics: ['rag'] });
  });

  it('are taken off in any case', async () => {
    const { wish } = await run('topics remove AGENTS');
    expect(wish).toMatchObject({ field: 'topics', topics: [] });
  });

  it('are listed for everybody, privately', async () => {
    const { reply, said, wish } = await run('topics list', {}, { canManage: false });
    expect(reply.private).toBe(true);
    expect(said).toContain('agents');
    expect(wish).toBeUndefined();
  });

  it.each([
    ['topics add robots', { canManage: false }, /Only people who may manage this channel/],
    ['topics add', {}, /Which topics\? For example: \/papers topics add/],
    ['topics remove dogs', {}, /“dogs” is not on the list\. On it: agents\./],
    ['topics', {}, /topics needs action/],
    ['topics burn agents', {}, /must be one of add, remove, list/],
  ])('%s is refused with what to do', async (line, call, words) => {
    const { said, wish } = await run(line, {}, call);
    expect(said).toMatch(words);
    expect(wish).toBeUndefined();
  });

  it('need a digest that they order', async () => {
    const subscription = () => Promise.resolve(undefined);
    expect((await run('topics add agents', { subscription })).said).toMatch(/\/papers subscribe/);
  });
});

describe('mute', () => {
  it('adds to what never shows', async () => {
    const { said, wish } = await run('mute add medical imaging');
    expect(wish).toMatchObject({ field: 'muted', topics: ['cats', 'medical imaging'] });
    expect(said).toContain('never show here');
  });
});

describe('preview', () => {
  it('shows what would come, when, and why other papers would not', async () => {
    const paper = createPaper({ id: '2608.00002', title: 'Cats at scale' });
    const { reply, said } = await run('preview', {
      nextDigest: () =>
        Promise.resolve({
          dates: ['2026-11-24'],
          ranked: [{ paper: createPaper(), score: 1 }],
          dropped: [{ paper, reason: 'muted: cats (title)' }],
          subscription: createSubscription(),
        }),
    });
    expect(reply.private).toBe(true);
    expect(said).toMatch(/^The next digest would hold 1 paper\nIt comes Thursday 26 November/);
    expect(said).toContain('Left out (1):\nCats at scale — muted: cats (title)');
  });
});
