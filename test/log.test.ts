import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../src/core/errors.ts';
import { createLog, redact, type LogLevel } from '../src/log.ts';

// Made up, in the shapes of the real ones; written in two parts so that no scanner takes them for
// real.
const SECRETS: Readonly<Record<string, string>> = {
  'a Discord bot token': ['MTA1NDY3ODkwMTIzNDU2Nzg5MA', 'GaBcDe', 'x'.repeat(30) + 'AbCdEf12'].join(
    '.',
  ),
  'a Discord bot token of an old bot': [
    'NzkyNzE1NDU0MTk2MDg4ODQy',
    'X-hvzA',
    'Ovy4MCQywSkoMRRclStW4xAYK7I',
  ].join('.'),
  'a Slack bot token': 'xoxb' + '-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx',
  'a Slack user token': 'xoxp' + '-123456789012-123456789012-abcdef0123456789abcdef0123456789',
  'a Slack refresh token': 'xoxe' + '-1-My0xLTEyMzQ1Njc4OTAtMTIzNDU2Nzg5MC0x',
  'a rotated Slack token': 'xoxe' + '.xoxb-1-MS0xLTEyMzQ1Njc4OTAtMTIzNDU2Nzg5MC0x',
  'a Slack app token': 'xapp' + '-1-A0123456789-1234567890123-abcdef0123456789abcdef',
  'a Hugging Face token': 'hf' + '_AbCdEfGhIjKlMnOpQrStUvWxYz012345AB',
  'a Discord interaction token': 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OkFiQ2RFZkdo',
};

// What surrounds the secret decides: the address or header around it.
const PLACES: Readonly<Record<string, { readonly around: string; readonly secret: string }>> = {
  'a bearer header': { around: 'Authorization: Bearer ', secret: 'c2VjcmV0LXRva2Vu.fGhI-jKl~9' },
  'a Discord webhook address': {
    around: 'https://discord.com/api/webhooks/123456789012345678/',
    secret: 'AbCdEf-GhIjKl_0123456789',
  },
  'a versioned Discord webhook address': {
    around: 'https://discord.com/api/v10/webhooks/123456789012345678/',
    secret: 'AbCdEf-GhIjKl_0123456789',
  },
  'an interaction callback': {
    around: 'https://discord.com/api/v10/interactions/123456789012345678/',
    secret: 'QbCdEf-GhIjKl_0123456789',
  },
  'a Slack webhook address': {
    around: 'https://hooks.slack.com/services/',
    secret: 'T0123456/B0123456/AbCdEfGhIjKlMnOpQrStUvWx',
  },
};

const everySecret = [
  ...Object.values(SECRETS).map((secret) => ({ around: '', secret })),
  ...Object.values(PLACES),
];

function record(level: LogLevel = 'debug', isTTY = false) {
  const lines: string[] = [];
  const log = createLog(level, { isTTY, write: (line) => lines.push(line) });
  return { log, lines, output: () => lines.join('') };
}

function parsed(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log', () => {
  it('writes one JSON line with time, level, message and fields', () => {
    const { log, lines } = record();
    log.info({ source: 'arxiv', papers: 3 }, 'list fetched');
    expect(parsed(lines)).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
        msg: 'list fetched',
        source: 'arxiv',
        papers: 3,
      },
    ]);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
  });

  it.each([
    ['debug', ['d', 'i', 'w', 'e']],
    ['info', ['i', 'w', 'e']],
    ['warn', ['w', 'e']],
    ['error', ['e']],
    ['silent', []],
  ] as const)('at %s writes %j', (level, expected) => {
    const { log, lines } = record(level);
    log.debug({}, 'd');
    log.info({}, 'i');
    log.warn({}, 'w');
    log.error({}, 'e');
    expect(parsed(lines).map(({ msg }) => msg)).toEqual(expected);
  });

  it('tells an error’s message, stack and cause, in whatever field it stands', () => {
    const { log, output } = record();
    log.error(
      { failure: new Error('the list is late', { cause: new Error('socket hang up') }) },
      'failed',
    );
    expect(output()).toContain('the list is late');
    expect(output()).toContain('socket hang up');
    expect(output()).toContain('log.test.ts');
  });

  it.each(['err', 'error', 'cause'])(
    'names the error’s class and its own fields under %s',
    (field) => {
      const { log, lines } = record();
      log.warn(
        { [field]: new SourceError('rate-limited', 'wait', { retryAfterMs: 5 }) },
        'refused',
      );
      expect(parsed(lines)[0]).toMatchObject({
        [field]: { type: 'SourceError', message: 'wait', kind: 'rate-limited', retryAfterMs: 5 },
      });
    },
  );

  it('survives fields that JSON can’t hold', () => {
    const { log, lines } = record();
    const loop: Record<string, unknown> = { big: 10n };
    loop['self'] = loop;
    log.info(
      {
        loop,
        throwing: {
          toJSON: () => {
            throw new Error('no');
          },
        },
      },
      'odd',
    );
    expect(parsed(lines)[0]).toMatchObject({ msg: 'odd' });
  });
});

describe('on a terminal', () => {
  it('a line is time, level, message and fields', () => {
    const { log, output } = record('info', true);
    log.warn({ source: 'arxiv', note: 'two words', ids: ['a'] }, 'list is late');
    expect(output()).toMatch(
      /^\d\d:\d\d:\d\d WARN {2}list is late source=arxiv note="two words" ids=\["a"\]\n$/,
    );
  });

  it('a warning’s error is its message, and a failure brings the stack below', () => {
    const { log, lines } = record('info', true);
    log.warn({ err: new Error('slow') }, 'waiting');
    log.error({ err: new Error('broken') }, 'stopped');
    expect(lines[0]).toMatch(/waiting err=slow\n$/);
    expect(lines[1]).toMatch(/stopped err=broken\n {4}at /);
  });

  it('no text can steer the terminal', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (message, value) => {
          const { log, output } = record('info', true);
          log.info({ value, '\u001b[31m': 1 }, `\u009b31m${message}`);
          expect(output().slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        },
      ),
    );
  });
});

describe('redaction', () => {
  it.each(Object.entries(SECRETS))('takes out %s', (_, secret) => {
    expect(redact(`before ${secret} after`)).toBe('before [redacted] after');
  });

  it.each(Object.entries(PLACES))('takes out the secret of %s', (_, { around, secret }) => {
    expect(redact(`see ${around}${secret}, please`)).not.toContain(secret);
    expect(redact(`see ${around}${secret}, please`)).toMatch(/^see .*\[redacted\], please$/);
  });

  it.each([
    'Attention Is All You Need by Vaswani et al., 2017: https://arxiv.org/abs/1706.03762v7',
    'https://huggingface.co/papers/2405.14906?utm=bot hf_transfer discord.com/channels/1/2/3',
    'bearer of news; GET /api/daily_papers?date=2026-03-10&limit=100 answered 429',
    '{"level":30,"time":"2026-03-10T08:00:00.000Z","msg":"tick","count":3}',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('takes out text in a field whose name says that it is secret', () => {
    const { log, output } = record();
    log.info(
      { headers: { Authorization: 'plain words "quoted"' }, botToken: 'short', tokens: 3 },
      'sent',
    );
    expect(output()).not.toMatch(/plain words|quoted|short/);
    expect(JSON.parse(output())).toMatchObject({ botToken: '[redacted]', tokens: 3 });
  });

  it.each([false, true])('no secret comes out of any part of a line (terminal: %s)', (isTTY) => {
    const noise = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom(...everySecret),
        noise,
        noise,
        fc.nat(6),
        (entry, before, after, place) => {
          const { log, output } = record('debug', isTTY);
          const text = `${before}${entry.around}${entry.secret}${after}`;
          const failure = new Error(text, { cause: new Error(text) });
          const parts = [
            { field: text },
            { deep: [{ list: [text, { [text]: 1 }] }] },
            { err: failure },
            { other: failure },
            {
              url: new URL(
                `https://example.com/?q=${encodeURIComponent(entry.around)}${entry.secret}`,
              ),
            },
            { [text]: 'as a key' },
          ];
          log.error(parts[place] ?? {}, place === 6 ? text : 'happened');
          expect(output()).not.toContain(entry.secret);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a line with a secret taken out is still JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...everySecret),
        fc.string({ unit: 'binary' }),
        (entry, noise) => {
          const { log, lines } = record();
          log.info({ text: `${noise}\n${entry.around}${entry.secret}"${noise}` }, 'x');
          expect(parsed(lines)[0]).toMatchObject({ msg: 'x' });
        },
      ),
    );
  });

  it('stays fast on long text', () => {
    const long = 'aB3-_.'.repeat(200_000) + 'Bearer '.repeat(10_000) + '"token"'.repeat(10_000);
    const began = performance.now();
    redact(long);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
