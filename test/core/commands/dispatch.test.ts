import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandCall } from '../../../src/core/command-call.ts';
import { defineCommand } from '../../../src/core/commands/command.ts';
import { createDispatcher } from '../../../src/core/commands/dispatch.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import { SourceError, UserError } from '../../../src/core/errors.ts';
import { callOf, createLog, createServices, type LogLine, NOW, textOf } from './services.ts';

function setUp(options: { reference?: () => string } = {}) {
  const lines: LogLine[] = [];
  const services = createServices();
  const common = { services, clock: () => NOW, log: createLog(lines), ...options };
  return { lines, services, common, dispatch: createDispatch(common) };
}

async function answer(text: string, over: Partial<CommandCall> = {}): Promise<string> {
  const reply = await setUp().dispatch(callOf({ text }, over));
  return textOf(reply.message);
}

describe('a call by text', () => {
  it('finds its command in any case, behind /papers or not', async () => {
    const { dispatch, services } = setUp();
    await dispatch(callOf({ text: '/papers TODAY 7' }));
    await dispatch(callOf({ text: 'today --count=3' }));
    await dispatch(callOf({ text: 'count:4' }, { name: 'today' }));
    expect(services.asked.today).toEqual([7, 3, 4]);
  });

  it.each(['', '   ', '/papers', '?', '--help', '-h', 'help'])('%j is help', async (text) => {
    expect(await answer(text)).toContain('What Paperboy can do');
  });

  it('that asks for --help explains its command', async () => {
    expect(await answer('topic --help')).toContain('/papers topic <query>');
  });

  it.each([
    ['tpoic agents', 'There is no “tpoic” command. Did you mean topic or topics?'],
    ['sav 2405.14906', 'There is no “sav” command. Did you mean save or saved?'],
    [
      'video generation',
      'There is no “video” command. To search, write /papers topic "video generation" – ' +
        'or /papers help to see all commands.',
    ],
  ])('%j offers what was meant', async (text, expected) => {
    expect(await answer(text)).toBe(expected);
  });

  it('that shouts a page gets a short answer', async () => {
    expect((await answer('x'.repeat(3999))).length).toBeLessThan(300);
  });
});

describe('a call with values', () => {
  it('is checked like text', async () => {
    const { dispatch, services } = setUp();
    const reply = await dispatch(callOf({ args: { count: 99 } }, { name: 'today' }));
    expect(reply.private).toBe(true);
    expect(textOf(reply.message)).toBe('count must be a whole number from 1 to 20, not “99”.');
    await dispatch(callOf({ args: { count: 9 } }, { name: 'today' }));
    expect(services.asked.today).toEqual([9]);
  });

  it('for no command offers the nearest', async () => {
    const reply = await setUp().dispatch(callOf({ args: {} }, { name: 'tody' }));
    expect(textOf(reply.message)).toBe('There is no “tody” command. Did you mean today?');
  });
});

describe('the right to manage', () => {
  it.each(['subscribe', 'unsubscribe', 'subscribe --nonsense'])(
    'is needed for %j, and the refusal says who has it',
    async (text) => {
      const { dispatch, services } = setUp();
      const reply = await dispatch(callOf({ text }, { canManage: false }));
      expect(reply.private).toBe(true);
      expect(textOf(reply.message)).toMatch(
        /^Only people who may manage this channel can use (un)?subscribe\. Ask one of its moderators/,
      );
      expect(services.asked.wishes).toEqual([]);
    },
  );

  it('is not needed to read', async () => {
    const { dispatch, services } = setUp();
    await dispatch(callOf({ text: 'today' }, { canManage: false }));
    expect(services.asked.today).toEqual([5]);
  });
});

describe('a failing command', () => {
  const failing = (error: unknown) =>
    defineCommand({
      name: 'fail',
      summary: 'Fail',
      args: [],
      example: 'fail',
      run() {
        throw error;
      },
    });

  it('shows a UserError word for word, privately, and logs nothing', async () => {
    const { common, lines } = setUp();
    const dispatch = createDispatcher([failing(new UserError('No *such* <thing>.'))], common);
    const reply = await dispatch(callOf({ text: 'fail' }));
    expect(reply).toEqual({
      private: true,
      message: {
        summary: 'No *such* <thing>.',
        blocks: [{ type: 'text', spans: [{ text: 'No *such* <thing>.' }] }],
      },
    });
    expect(lines).toEqual([]);
  });

  it('logs what stands behind a UserError', async () => {
    const { common, lines } = setUp();
    const cause = new SourceError('unreachable', 'Hugging Face timed out');
    const dispatch = createDispatcher([failing(new UserError('Later.', { cause }))], common);
    await dispatch(callOf({ text: 'fail' }));
    expect(lines).toEqual([
      { level: 'warn', fields: { command: 'fail', err: cause }, message: 'command refused' },
    ]);
  });

  it.each([new Error('secret detail'), 'a string', undefined])(
    'hides any other error behind a reference that is in the log',
    async (error) => {
      const { common, lines } = setUp({ reference: () => '1a2b3c4d' });
      const reply = await createDispatcher([failing(error)], common)(callOf({ text: 'fail' }));
      expect(reply.private).toBe(true);
      expect(textOf(reply.message)).toContain('1a2b3c4d');
      expect(JSON.stringify(reply)).not.toContain('secret');
      expect(lines).toEqual([
        {
          level: 'error',
          fields: { reference: '1a2b3c4d', command: 'fail', err: error },
          message: 'command failed',
        },
      ]);
    },
  );

  it('makes up a new reference of eight characters each time', async () => {
    const { common, lines } = setUp();
    const dispatch = createDispatcher([failing(new Error('bug'))], common);
    await Promise.all([1, 2].map(() => dispatch(callOf({ text: 'fail' }))));
    const references = lines.map(({ fields }) => (fields as { reference: string }).reference);
    expect(references).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}$/),
      expect.stringMatching(/^[0-9a-f]{8}$/),
    ]);
    expect(references[0]).not.toBe(references[1]);
  });
});

describe('for any call', () => {
  it('dispatch answers, never rejects, and never finds a bug of its own', async () => {
    const words = fc.constantFrom(
      ...['today', 'topic', 'show', 'trending', 'subscribe', 'saved', 'help', 'save', 'status'],
      ...['--count', '3', '9am', 'week', '2608.01234', '"', 'since:', '2w', '__proto__', '--help'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, canManage) => {
        const { dispatch, lines } = setUp();
        const reply = await dispatch(callOf({ text }, { canManage }));
        expect(reply.message.summary).not.toBe('');
        expect(reply.message.blocks).not.toEqual([]);
        expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
