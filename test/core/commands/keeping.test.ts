import { describe, expect, it } from 'vitest';
import type { CommandCall } from '../../../src/core/command-call.ts';
import type { CommandServices, StatusReport } from '../../../src/core/commands/command.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import { papersIn } from '../../../src/core/message.ts';
import type { Reply } from '../../../src/core/platform.ts';
import {
  callOf,
  CHANNEL,
  createPaper,
  createLog,
  createServices,
  createSubscription,
  NOW,
  READER,
  textOf,
} from './services.ts';

async function run(
  text: string,
  over: Partial<CommandServices> = {},
  call: Partial<CommandCall> = {},
): Promise<{ services: ReturnType<typeof createServices>; reply: Reply; said: string }> {
  const services = createServices(over);
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const reply = await dispatch(callOf({ text }, call));
  return { services, reply, said: textOf(reply.message) };
}

describe('subscribe', () => {
  it('has sensible defaults, and says when the first digest comes', async () => {
    const { services, reply, said } = await run('subscribe', {}, { timezone: 'Europe/Berlin' });
    expect(services.asked.wishes).toEqual([
      {
        channel: CHANNEL,
        reader: READER,
        at: '09:00',
        timezone: 'Europe/Berlin',
        days: [1, 2, 3, 4, 5],
        count: 5,
        topics: [],
        muted: [],
        mode: 'settled',
        layout: 'thread',
      },
    ]);
    expect(reply.private).toBe(false);
    expect(said).toBe(
      'This channel gets 5 papers Monday to Friday at 09:00 (Europe/Berlin).\n' +
        'The first digest comes Wednesday 25 November at 09:00 (Europe/Berlin), in 9 hours.',
    );
  });

  it('is in UTC when nobody knows better', async () => {
    expect((await run('subscribe')).services.asked.wishes[0]?.timezone).toBe('UTC');
  });

  it('follows the reader’s own taste in a direct message alone, and says so', async () => {
    const direct = await run('subscribe', {}, { direct: true });
    expect(direct.services.asked.wishes[0]?.personal).toBe(true);
    expect(direct.said).toContain('by what you saved and liked.');
    const shared = await run('subscribe', {}, { direct: false });
    expect(shared.services.asked.wishes[0]?.personal).toBeUndefined();
    expect(shared.said).not.toContain('what you saved');
  });

  it('reads words in their order', async () => {
    const { services } = await run('subscribe 9:30pm tokyo mon,thu 8 agents, video generation');
    expect(services.asked.wishes[0]).toMatchObject({
      at: '21:30',
      timezone: 'Asia/Tokyo',
      days: [1, 4],
      count: 8,
      topics: ['agents', 'video generation'],
    });
  });

  it('takes a layout by its name', async () => {
    const { services } = await run('subscribe agents layout:compact'.replace('agents', '9am'));
    expect(services.asked.wishes[0]?.layout).toBe('compact');
  });

  it.each<readonly [string, string, Partial<CommandCall>, boolean]>([
    ['where nobody has said one', 'subscribe', {}, true],
    ['but not where it was said', 'subscribe 9am Tokyo', {}, false],
    ['but not where the service tells it', 'subscribe', { timezone: 'Europe/Berlin' }, false],
  ])('says how to choose a time zone %s', async (_, line, call, isSaid) => {
    const { said } = await run(line, {}, call);
    expect(said.includes('/papers subscribe Berlin')).toBe(isSaid);
  });

  it('says at once what would keep a digest from being posted', async () => {
    const problems = () => Promise.resolve(['I may not post here. Grant it in the settings.']);
    const { said } = await run('subscribe', { problems });
    expect(said).toMatch(/first digest comes .*\nI may not post here/);
  });

  it('keeps what is not said when the channel has a subscription', async () => {
    const before = createSubscription();
    const subscription = () => Promise.resolve(before);
    const { services, said } = await run(
      'subscribe days:daily topics: none',
      { subscription },
      { timezone: 'Europe/Berlin' },
    );
    expect(services.asked.wishes[0]).toMatchObject({
      at: '07:30',
      timezone: 'Asia/Tokyo',
      days: [1, 2, 3, 4, 5, 6, 7],
      count: 8,
      topics: [],
    });
    expect(said).toContain('The next digest comes Wednesday 25 November at 17:00 (Asia/Tokyo)');
  });

  it.each([
    ['subscribe 25:00', '“25:00” is no time of day.'],
    ['subscribe --timezone=weekdays', 'weekdays are days, not a time zone. Write days:weekdays'],
    ['subscribe 9am berln', 'Did you mean Europe/Berlin?'],
    ['subscribe days:never', 'I don’t know which days “never” are.'],
    ['subscribe count:0', 'count must be a whole number from 1 to 20'],
  ])('%j changes nothing and answers %j', async (text, expected) => {
    const { services, reply, said } = await run(text);
    expect(said).toContain(expected);
    expect(reply.private).toBe(true);
    expect(services.asked.wishes).toEqual([]);
  });
});

describe('unsubscribe', () => {
  it('tells everybody that it stopped', async () => {
    const { reply, said } = await run('unsubscribe');
    expect(reply.private).toBe(false);
    expect(said).toBe(
      'No more digests come here, and their settings are forgotten. ' +
        '/papers subscribe sets them up anew.',
    );
  });

  it('tells only the caller when there was nothing to stop', async () => {
    const { reply, said } = await run('unsubscribe', { unsubscribe: () => Promise.resolve(false) });
    expect(reply.private).toBe(true);
    expect(said).toContain('No digests come here.');
  });
});

describe('saving', () => {
  it('keeps a paper for the reader, privately', async () => {
    const { services, reply, said } = await run('save https://arxiv.org/abs/2608.01234v3');
    expect(services.asked.saves).toEqual(['2608.01234']);
    expect(reply.private).toBe(true);
    expect(said).toContain('Saved “Agents that read”.');
  });

  it('says so when it was kept already', async () => {
    const { said } = await run('save 2608.01234', { save: () => Promise.resolve(false) });
    expect(said).toBe('You had already saved “Agents that read”.');
  });

  it('lets a paper go, and says when there was none', async () => {
    expect((await run('unsave 2608.01234')).said).toBe(
      'Removed 2608.01234 from your saved papers.',
    );
    const none = await run('unsave 2608.01234', { unsave: () => Promise.resolve(false) });
    expect(none.said).toContain('You had not saved 2608.01234.');
    expect(none.reply.private).toBe(true);
  });
});

describe('saved', () => {
  it('lists the ten newest of many, privately', async () => {
    const papers = Array.from({ length: 12 }, (_, index) =>
      createPaper({ id: `2608.${String(index).padStart(5, '0')}` }),
    );
    const { reply, said } = await run('saved', { bookmarks: () => Promise.resolve(papers) });
    expect(reply.private).toBe(true);
    expect(papersIn(reply.message)).toEqual(papers.slice(0, 10).map(({ id }) => id));
    expect(said).toContain('You saved 12 papers');
    expect(said).toContain('Page 1 of 2.');
    const buttons = [{ label: 'Older', command: 'saved', args: { page: 2 } }];
    expect(reply.message.blocks).toContainEqual({ type: 'actions', buttons });
    const second = await run('saved --page 2', { bookmarks: () => Promise.resolve(papers) });
    expect(papersIn(second.reply.message)).toEqual(papers.slice(10).map(({ id }) => id));
  });

  it('passes its words on as a query of the reader', async () => {
    const { reply, said } = await run('saved large agents', {
      bookmarks: (reader, query) =>
        Promise.resolve(reader === READER && query === 'large agents' ? [createPaper()] : []),
    });
    expect(said).toBe('You saved 1 paper about “large agents”');
    expect(papersIn(reply.message)).toEqual(['2608.01234']);
  });

  it('says how to save when there is nothing', async () => {
    expect((await run('saved')).said).toContain('React with 🔖');
    expect((await run('saved cats')).said).toContain('None of your saved papers is about “cats”.');
  });
});

const DOWN = 'Discord is down (502).';

describe('status', () => {
  const report: StatusReport = {
    sources: [
      {
        source: 'hugging-face',
        name: 'Hugging Face Daily Papers',
        kind: 'fresh',
        detail: 'The list of 24 November is complete.',
        skipped: [{ id: '2608.1', reason: 'no title' }],
      },
      { source: 'arxiv', name: 'arXiv', kind: 'failed', detail: 'It timed out.', skipped: [] },
    ],
    paperCount: 16409,
    meaning: { ok: true, detail: 'Vectors were learnt from 12,000 papers of the archive.' },
    subscription: createSubscription(),
    deliveries: [
      { localDate: '2026-11-24', sent: 6, planned: 6 },
      { localDate: '2026-11-23', sent: 1, planned: 6, problem: 'The channel is gone.' },
    ],
  };

  it('says what is missing while the channel refuses the bot, and when it tries again', async () => {
    const refusal = {
      reason: 'Grant Send Messages in the channel’s settings.',
      since: NOW,
      nextTry: new Date('2026-11-25T00:00:00Z'),
    };
    const { said } = await run('status', { status: () => Promise.resolve({ ...report, refusal }) });
    expect(said).toContain('I can’t post here: Grant Send Messages in the channel’s settings.');
    expect(said).toContain(
      'I try again Wednesday 25 November at 09:00 (Asia/Tokyo), in 60 minutes',
    );
  });

  it('says that only threads take nothing, where the channel takes messages', async () => {
    const reason = 'The thread is archived and locked.';
    const refusal = { reason, since: NOW, nextTry: NOW, threadsOnly: true };
    const { said } = await run('status', { status: () => Promise.resolve({ ...report, refusal }) });
    expect(said).toContain('The thread of a digest takes nothing: The thread is archived');
    expect(said).not.toContain('I can’t post here');
  });

  it.each([
    [
      { waiting: 4, problem: DOWN },
      `0 of 4 messages posted — ${DOWN} It is tried again by itself.`,
    ],
    [
      { sent: 1, waiting: 3, problem: DOWN, nextTry: '2026-11-24T23:30:00Z' },
      `1 of 4 messages posted — ${DOWN} It is tried again Wednesday 25 November at 08:30 ` +
        '(Asia/Tokyo), in 30 minutes.',
    ],
    [{ waiting: 4 }, '0 of 4 messages posted'],
    [{ problem: 'It was refused.' }, '0 of 4 messages posted — It was refused. It won’t come.'],
    [
      { sent: 3, problem: 'It was refused.' },
      '3 of 4 messages posted — It was refused. The rest won’t come.',
    ],
    [{ planned: 1, skipped: true, problem: 'There was nothing new.' }, 'There was nothing new.'],
  ] as const)('says what becomes of %j', async (over, said) => {
    const deliveries = [{ localDate: '2026-11-24', sent: 0, planned: 4, ...over }];
    const status = () => Promise.resolve({ ...report, deliveries });
    expect((await run('status', { status })).said.split('\n').at(-1)).toBe(
      `Tuesday 24 November: ${said}`,
    );
  });

  it('shows sources, papers, the next digest and the last ones with their problems', async () => {
    const { reply, said } = await run('status', { status: () => Promise.resolve(report) });
    expect(reply.private).toBe(true);
    expect(said.split('\n')).toEqual([
      'Sources',
      'Hugging Face Daily Papers: fresh — The list of 24 November is complete. 1 item could not be read.',
      'arXiv: failed — It timed out.',
      '16,409 papers in the archive. Vectors were learnt from 12,000 papers of the archive.',
      'Here',
      'This channel gets 8 papers on Monday and Thursday at 07:30 (Asia/Tokyo), preferring agents.',
      'The next digest comes Thursday 26 November at 07:30 (Asia/Tokyo), in 24 hours.',
      'Last digests:',
      'Tuesday 24 November: posted',
      'Monday 23 November: 1 of 6 messages posted — The channel is gone. The rest won’t come.',
    ]);
    expect(reply.message.summary).toBe(
      'Hugging Face Daily Papers is fresh; arXiv is failed; 16,409 papers in the archive',
    );
  });

  it('says how to subscribe where nobody did', async () => {
    expect((await run('status')).said).toContain('/papers subscribe starts them.');
  });
});
