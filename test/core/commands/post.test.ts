import { describe, expect, it } from 'vitest';
import type { CommandServices, PostedNow } from '../../../src/core/commands/command.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import { callOf, createLog, createServices, createSubscription, NOW, textOf } from './services.ts';

function dispatchWith(over: Partial<CommandServices> = {}) {
  return createDispatch({ services: createServices(over), clock: () => NOW, log: createLog() });
}

async function ask(text: string, over: Partial<CommandServices> = {}): Promise<string> {
  const { private: isPrivate, message } = await dispatchWith(over)(callOf({ text }));
  expect(isPrivate).toBe(true);
  return textOf(message);
}

const subscribed = { subscription: () => Promise.resolve(createSubscription()) };

describe('post', () => {
  it('says what it posts, and that the schedule stays', async () => {
    expect(await ask('post', subscribed)).toBe(
      'Posting 5 papers here now.\n' +
        'The next digest comes Thursday 26 November at 07:30 (Asia/Tokyo), in 24 hours, as planned.',
    );
  });

  it('says what keeps it from being posted', async () => {
    const problems = () => Promise.resolve(['Grant Send Messages.']);
    expect(await ask('post', { problems })).toBe(
      'Posting 5 papers here now.\nGrant Send Messages.',
    );
  });

  it('says that nothing is new, and why', async () => {
    const postNow = () =>
      Promise.resolve({ papers: 0, already: false, note: 'It is the weekend.' });
    expect(await ask('post', { postNow })).toBe(
      'There is nothing new to post.\nIt is the weekend.',
    );
  });

  it('says on a second click that one is enough', async () => {
    const postNow = () => Promise.resolve({ papers: 5, already: true });
    expect(await ask('post', { postNow })).toMatch(/^A digest was asked for here today already/);
  });

  it('names what waits instead, and when it is tried again', async () => {
    const waiting = { papers: 0, already: false, waits: true } as const;
    const nextTry = new Date('2026-11-24T23:30:00Z');
    const said = (postNow: PostedNow) => ask('post', { postNow: () => Promise.resolve(postNow) });
    expect(await said(waiting)).toBe('I try now to post what waits here.');
    expect(await said({ ...waiting, papers: 3, already: true, nextTry })).toBe(
      'I try again Tuesday 24 November at 23:30 (UTC), in 30 minutes to post what waits here; ' +
        '/papers status says why.',
    );
    expect(await said({ ...waiting, papers: 3, nextTry })).toMatch(
      /^3 papers will be posted after what waits here\.\nI try again Tuesday/,
    );
  });

  it('names what is held as well', async () => {
    const postNow = () => Promise.resolve({ papers: 0, already: false, held: true });
    expect(await ask('post', { postNow })).toMatch(
      /^There is nothing new to post\.\nA digest is held here\. .*\/papers post held/,
    );
  });

  it('posts what is held, where anything is', async () => {
    expect(await ask('post held')).toMatch(/^Nothing is held here\./);
    const postHeld = () => Promise.resolve({ localDate: '2026-11-20', pages: 3, left: 0 });
    expect(await ask('post held', { postHeld })).toBe(
      'Posting what was held of Friday 20 November, 3 messages.',
    );
  });

  it('gives up what is held, and names what else is', async () => {
    expect(await ask('post drop')).toMatch(/^Nothing is held here\./);
    const dropHeld = () => Promise.resolve({ localDate: '2026-11-20', pages: 1, left: 2 });
    expect(await ask('post drop', { dropHeld })).toBe(
      'Left as it is: Friday 20 November, 1 message. I post nothing more of it.\n' +
        '2 older digests are held here: /papers status shows them.',
    );
  });

  it('is for managers, also when its button is pressed', async () => {
    let posted = 0;
    const postNow = () => Promise.resolve({ papers: (posted += 1), already: false });
    const pressed = callOf({ args: {} }, { name: 'post', canManage: false });
    const { private: isPrivate, message } = await dispatchWith({ postNow })(pressed);
    expect([isPrivate, posted]).toEqual([true, 0]);
    expect(textOf(message)).toMatch(/^Only people who may manage this channel can use post\./);
  });
});

describe('subscribe', () => {
  const buttonsOf = async (over: Partial<CommandServices> = {}) => {
    const { message } = await dispatchWith(over)(callOf({ text: 'subscribe' }));
    return message.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []));
  };

  it('offers the first digest at once, and no other', async () => {
    expect(await buttonsOf()).toEqual([{ label: 'Post one now', command: 'post', args: {} }]);
    expect(await buttonsOf(subscribed)).toEqual([]);
  });
});

describe('status', () => {
  it('says of what is held what to do about it', async () => {
    const reason = 'That can’t be checked.';
    const held = { localDate: '2026-11-24', sent: 1, planned: 3, held: 2, problem: reason };
    const asked = { localDate: '2026-11-23', sent: 1, planned: 1, asked: true } as const;
    const meaning = { ok: true, detail: 'Search goes by words alone.' };
    const report = { sources: [], paperCount: 0, meaning, deliveries: [held, asked] };
    expect(await ask('status', { status: () => Promise.resolve(report) })).toContain(
      'Tuesday 24 November: 1 of 3 messages posted, 2 held — That can’t be checked. Look in the ' +
        'channel: /papers post held posts the newest digest that is held, and /papers post drop ' +
        'gives it up.\n' +
        'Monday 23 November, asked for: posted',
    );
  });
});
