import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandArg } from '../../../../src/core/commands/command.ts';
import { checkArgs } from '../../../../src/core/commands/input/check.ts';
import { formatCall, parseArgs, readLine } from '../../../../src/core/commands/input/parse.ts';
import { subscribe } from '../../../../src/core/commands/subscribe.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { ArgDefinition } from '../../../../src/core/platform.ts';

const ARGS: readonly ArgDefinition[] = [
  { name: 'query', summary: 'what', kind: 'text', required: true, rest: true },
  { name: 'count', summary: 'how many', kind: 'integer', required: false, min: 1, max: 20 },
  { name: 'since', summary: 'from when', kind: 'text', required: false },
  { name: 'period', summary: 'span', kind: 'text', required: false, choices: ['Day', 'week'] },
];
const TOPIC = { name: 'topic', args: ARGS, example: 'topic agents' };
const SUBSCRIBE = {
  name: 'subscribe',
  args: [
    { name: 'at', summary: 'time', kind: 'text', required: false },
    { name: 'days', summary: 'days', kind: 'text', required: false },
    { name: 'topics', summary: 'topics', kind: 'text', required: false, rest: true },
  ] satisfies ArgDefinition[],
  example: 'subscribe 9am',
};

function parse(line: string, grammar = TOPIC): unknown {
  return parseArgs(readLine(line), grammar);
}

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('text to arguments', () => {
  it.each([
    ['video generation', { query: 'video generation' }],
    ['"video generation"', { query: 'video generation' }],
    ['“video generation”', { query: 'video generation' }],
    ['‘video generation’', { query: 'video generation' }],
    ["'video generation'", { query: 'video generation' }],
    ['"video generation" --count 3', { query: 'video generation', count: '3' }],
    ['--count=3 video generation', { query: 'video generation', count: '3' }],
    ['video count:3 generation', { query: 'video generation', count: '3' }],
    ['video generation COUNT: 3', { query: 'video generation', count: '3' }],
    ['video —count 3', { query: 'video', count: '3' }],
    ['video — generation', { query: 'video — generation' }],
    ['—unknown dash', { query: '—unknown dash' }],
    ['--since="3 months" agents', { query: 'agents', since: '3 months' }],
    ['since:“3 months” agents', { query: 'agents', since: '3 months' }],
    ['--query video generation --count 3', { query: 'video generation', count: '3' }],
    ['author:"Jane Doe" agents', { query: 'author:"Jane Doe" agents' }],
    ['author:“Jane Doe”', { query: 'author:"Jane Doe"' }],
    ['"video generation" agents', { query: '"video generation" agents' }],
    ['https://arxiv.org/abs/2405.14906', { query: 'https://arxiv.org/abs/2405.14906' }],
    ["don't stop", { query: "don't stop" }],
    ["'don't stop'", { query: "don't stop" }],
    ['5" displays', { query: '5" displays' }],
    ['"--count" 3', { query: '"--count" 3' }],
    ['-- --count 3', { query: '--count 3' }],
    ['"say \\"hi\\""', { query: 'say "hi"' }],
    ['', {}],
  ])('reads %j', (line, args) => {
    expect(parse(line)).toEqual(args);
  });

  it('drops a quote that nothing closes, and still sees the flags behind it', () => {
    expect(parse('"video generation --count 3')).toEqual({ query: 'video generation', count: '3' });
  });

  it('takes words in the order of the arguments, and the rest into the last', () => {
    expect(parse('9am mon,thu agents, video generation', SUBSCRIBE)).toEqual({
      at: '9am',
      days: 'mon,thu',
      topics: 'agents, video generation',
    });
    expect(parse('days:daily 9am', SUBSCRIBE)).toEqual({ at: '9am', days: 'daily' });
  });

  it.each(['/papers agents', 'papers agents', '  /PAPERS   agents '])(
    'overlooks the leading command name in %j',
    (line) => {
      expect(parse(line)).toEqual({ query: 'agents' });
    },
  );

  it('lets a flag take as many words as fit it, without the comma behind them', () => {
    const fits = (words: string) => /^(?:mon|thu|and|,| )+$/.test(words);
    const grammar = { ...SUBSCRIBE, args: SUBSCRIBE.args.map((arg) => ({ ...arg })) };
    Object.assign(grammar.args[1]!, { fits });
    expect(parse('days: mon and thu, at: 9am, agents', grammar)).toEqual({
      days: 'mon and thu',
      at: '9am',
      topics: 'agents',
    });
    expect(parse('days: sometimes, topics: agents, rag', grammar)).toEqual({
      days: 'sometimes',
      topics: 'agents, rag',
    });
  });

  it('names the valid flags, and the nearest, for an unknown one', () => {
    expect(message(() => parse('agents --conut 3'))).toBe(
      'topic has no “--conut”. Did you mean --count? ' +
        'topic takes --query, --count, --since, --period.',
    );
  });

  it('refuses a flag without a value, a flag given twice, and a word too many', () => {
    expect(message(() => parse('agents --count'))).toContain('count needs a value');
    expect(message(() => parse('--count --since 7d'))).toContain('count needs a value');
    expect(message(() => parse('agents --count 3 count:4'))).toContain('count is given twice');
    const today = { ...TOPIC, name: 'today', args: ARGS.slice(1, 2) };
    expect(message(() => parse('5 6', today))).toBe(
      'I don’t know what “6” is for. today takes --count.',
    );
  });

  it('refuses a line of a whole page', () => {
    expect(message(() => readLine('a '.repeat(2001)))).toContain('4000 characters');
  });

  // Nobody else is answered meanwhile. Without a bound these took up to half a second.
  it.each(['1 ', 'mon ', 'on friday '])(
    'hands its arguments no more than 25 times the text of a page of “%s”',
    (words) => {
      let handed = 0;
      const fits = (arg: CommandArg) => (text: string) => {
        handed += text.length;
        return arg.fits?.(text) === true;
      };
      const args = subscribe.args.map((arg) => (arg.fits ? { ...arg, fits: fits(arg) } : arg));
      const page = words.repeat(Math.floor(4000 / words.length));
      try {
        parse(page, { ...subscribe, args });
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
      expect(handed).toBeGreaterThan(0);
      expect(handed).toBeLessThan(25 * 4000);
    },
  );
});

describe('checking arguments', () => {
  it.each([
    [{ query: '  video\n\tgeneration ' }, { query: 'video generation' }],
    [{ query: 'a\u202eb\u0000c\ud800' }, { query: 'ab c' }],
    [
      { query: 'a', count: 3 },
      { query: 'a', count: 3 },
    ],
    [
      { query: 'a', count: '20' },
      { query: 'a', count: 20 },
    ],
    [
      { query: 'a', period: 'DAY' },
      { query: 'a', period: 'Day' },
    ],
    [{ query: ['a', 'b c'] }, { query: 'a, b c' }],
    [{ query: 7, since: '' }, { query: '7' }],
  ])('accepts %j', (values, checked) => {
    expect(checkArgs(TOPIC, values)).toEqual({
      count: undefined,
      since: undefined,
      period: undefined,
      ...checked,
    });
  });

  it.each([
    [{}, 'topic needs query: what. For example: /papers topic agents'],
    [{ query: '   ' }, 'topic needs query: what. For example: /papers topic agents'],
    [{ query: 'a', count: 0 }, 'count must be a whole number from 1 to 20, not “0”.'],
    [{ query: 'a', count: '21' }, 'count must be a whole number from 1 to 20, not “21”.'],
    [{ query: 'a', count: 2.5 }, 'count must be a whole number from 1 to 20, not “2.5”.'],
    [{ query: 'a', count: 'many' }, 'count must be a whole number from 1 to 20, not “many”.'],
    [{ query: 'a', period: 'year' }, 'period must be one of Day, week, not “year”.'],
    [{ query: 'a'.repeat(1001) }, 'query is too long: at most 1000 characters, please.'],
    [
      { query: 'a', constructor: 'b' },
      'topic has no “constructor”. topic takes --query, --count, --since, --period.',
    ],
  ])('refuses %j', (values, expected) => {
    expect(message(() => checkArgs(TOPIC, values))).toBe(expected);
  });
});

describe('for any input', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          ...[
            '--',
            '—',
            '"',
            '“',
            '”',
            "'",
            '’',
            '\\',
            ' ',
            ':',
            '=',
            'count',
            'topics',
            '3',
            '\n',
          ],
          ...['__proto__', '/papers', 'a'],
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );

  it('the parser throws nothing but UserError', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(TOPIC, SUBSCRIBE), (line, grammar) => {
        try {
          checkArgs(grammar, parseArgs(readLine(line), grammar));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a formatted call is parsed back to the same arguments', () => {
    const optional = fc.option(hostile, { nil: undefined });
    const calls = fc.record({
      query: hostile.map((text) => `${text}x`),
      count: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      since: optional,
    });
    fc.assert(
      fc.property(calls, (values) => {
        const checked = checkArgs(TOPIC, values);
        const [name, ...tokens] = readLine(formatCall(TOPIC, checked));
        expect(name?.value).toBe('topic');
        expect(checkArgs(TOPIC, parseArgs(tokens, TOPIC))).toEqual(checked);
      }),
      { numRuns: 1000 },
    );
  });
});
