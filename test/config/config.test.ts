import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';
import { signals } from '../../src/core/ranking/index.ts';

function withFile(yaml: string, env: NodeJS.ProcessEnv = {}) {
  return loadConfig({ ...env, PAPERBOY_CONFIG: 'paperboy.yaml' }, () => yaml);
}

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const absent = (): string => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

describe('without a file', () => {
  it('the defaults run', () => {
    expect(loadConfig({}, absent)).toEqual({
      offline: false,
      database: 'data/paperboy.db',
      userAgent: expect.stringMatching(/^paperboy\/\d+\.\d+\.\d+$/) as unknown,
      sources: {
        huggingFace: { url: 'https://huggingface.co' },
        arxiv: { url: 'https://export.arxiv.org', rssUrl: 'https://rss.arxiv.org', categories: [] },
      },
      digest: { count: 5, topics: [], muted: [], follows: [] },
      ranking: { weights: {} },
      discord: { requestsPerSecond: 25, crosspost: false },
      slack: { port: 3000, managers: 'admins' },
      preview: { port: 7717 },
      log: { level: 'info' },
    });
  });

  it.each(['', '\n', '# only a comment\n', '---\n'])(
    'an empty file (%j) is as good as none',
    (yaml) => {
      expect(withFile(yaml)).toEqual(loadConfig({}, absent));
    },
  );

  it('looks for config/paperboy.yaml', () => {
    const asked: string[] = [];
    loadConfig({}, (path) => {
      asked.push(path);
      return '';
    });
    expect(asked).toEqual(['config/paperboy.yaml']);
  });

  it('but one that PAPERBOY_CONFIG names must exist', () => {
    expect(problemsOf(() => loadConfig({ PAPERBOY_CONFIG: 'lab.yaml' }, absent))).toEqual([
      'lab.yaml (named by PAPERBOY_CONFIG) can’t be read: there is no such file',
    ]);
  });
});

describe('a real file', () => {
  const folder = { path: '' };
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'paperboy-config-'));
  });
  afterAll(() => {
    rmSync(folder.path, { recursive: true });
  });

  it('is read from where PAPERBOY_CONFIG says', () => {
    const path = join(folder.path, 'lab.yaml');
    writeFileSync(path, 'contact: papers@lab.example\ndigest: { count: 7, topics: [agents] }\n');
    const config = loadConfig({ PAPERBOY_CONFIG: path });
    expect(config.digest).toMatchObject({ count: 7, topics: ['agents'] });
    expect(config.userAgent).toMatch(/^paperboy\/\S+ \(papers@lab\.example\)$/);
  });

  it('can’t be a folder', () => {
    expect(problemsOf(() => loadConfig({ PAPERBOY_CONFIG: folder.path }))).toEqual([
      `${folder.path} (named by PAPERBOY_CONFIG) can’t be read: it is a folder, not a file`,
    ]);
  });
});

describe('problems', () => {
  it('all come at once, in the file’s order, with line, path, type and what is allowed', () => {
    const yaml = [
      'digets:',
      '  count: 5',
      'digest:',
      '  count: 50',
      '  topics: agents',
      '  muted: [1, ""]',
      'log: { level: loud }',
      'preview:',
      'sources: { arxiv: { categories: [cs.CL, CS!] } }',
    ].join('\n');
    const env = { PAPERBOY_OFFLINE: 'yes', PAPERBOY_NOW: 'yesterday', PAPERBOY_HF_URL: 'ftp://x' };
    expect(problemsOf(() => withFile(yaml, env))).toEqual([
      'paperboy.yaml:1: digets is not known (did you mean digest?); allowed: contact, sources, digest, ranking, embeddings, discord, slack, preview, log',
      'paperboy.yaml:4: digest.count is a number that doesn’t fit; allowed: a whole number from 1 to 20',
      'paperboy.yaml:5: digest.topics is text; allowed: a list of at most 50 texts',
      'paperboy.yaml:6: digest.muted[0] is a number; allowed: text of 1 to 200 characters',
      'paperboy.yaml:6: digest.muted[1] is empty text that doesn’t fit; allowed: text of 1 to 200 characters',
      'paperboy.yaml:7: log.level is text that doesn’t fit; allowed: one of debug, info, warn, error, silent',
      'paperboy.yaml:8: preview is empty; allowed: a group of port',
      'paperboy.yaml:9: sources.arxiv.categories[1] is text that doesn’t fit; allowed: an arXiv category such as cs.CL, or an archive such as math',
      'PAPERBOY_OFFLINE is text that doesn’t fit; allowed: 0 or 1',
      'PAPERBOY_HF_URL is text that doesn’t fit; allowed: an http or https address without user name, query or fragment',
      'PAPERBOY_NOW is text that doesn’t fit; allowed: an ISO time with its zone, such as 2026-03-10T08:00:00Z',
    ]);
  });

  it('are the error’s message too, a line each', () => {
    const load = () => withFile('digest: { count: 0 }\nlog: 3\n');
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(
      /^The configuration has 2 problems:\n {2}- .*digest\.count.*\n {2}- .*log is a number.*$/,
    );
  });

  it('in the YAML itself have line and column, beside those of the environment', () => {
    expect(problemsOf(() => withFile('log:\n  level: [info\n', { PAPERBOY_OFFLINE: '2' }))).toEqual(
      [expect.stringMatching(/^paperboy\.yaml:3:1: /), expect.stringMatching(/^PAPERBOY_OFFLINE /)],
    );
  });

  it.each([
    [
      'log: { level: info }\nlog: { level: warn }\n',
      /^paperboy\.yaml:2:1: Map keys must be unique/,
    ],
    ['- a list\n', /^paperboy\.yaml:1: the file is a list; allowed: a group of contact/],
    ['just text\n', /^paperboy\.yaml:1: the file is text; allowed: a group of contact/],
    ['__proto__: { level: info }\n', /^paperboy\.yaml:1: __proto__ is not known/],
    [
      'digest: { count: 2.5 }\n',
      /digest\.count is a number that doesn’t fit; allowed: a whole number/,
    ],
    ['digest: { count: "5" }\n', /digest\.count is text; allowed: a whole number/],
    [
      'preview: { port: 65536 }\n',
      /preview\.port is a number that doesn’t fit; allowed: .* 0 to 65535/,
    ],
    ['contact: "two words"\n', /contact is text that doesn’t fit; allowed: an e-mail address/],
    ['contact: "a@b.example\\r\\nX-Header: 1"\n', /contact is text that doesn’t fit/],
    [
      'sources: { huggingFace: { url: huggingface.co } }\n',
      /sources\.huggingFace\.url is text that/,
    ],
    [
      'sources: { huggingface: {} }\n',
      /sources\.huggingface is not known \(did you mean huggingFace\?\)/,
    ],
  ])('%j is one', (yaml, expected) => {
    expect(problemsOf(() => withFile(yaml))).toEqual([expect.stringMatching(expected)]);
  });

  it('an anchor that grows without end is one, not a crash', () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `k${n + 1}: &k${n + 1} [${`*k${n},`.repeat(10)}]`,
    );
    const yaml = `k0: &k0 [x]\n${levels.join('\n')}\n`;
    expect(problemsOf(() => withFile(yaml))).toEqual([
      expect.stringMatching(/can’t be read: Excessive/),
    ]);
  });

  it('never show a value', () => {
    const secret = 'sW0rdfish-93';
    const yaml = `contact: "${secret} x"\nlog: { level: ${secret} }\ndigest: { count: ${secret} }\n`;
    const env = {
      HF_TOKEN: `${secret} with spaces`,
      PAPERBOY_HF_URL: `https://user:${secret}@mirror.example`,
      PAPERBOY_ARXIV_URL: `https://mirror.example/?key=${secret}`,
      PAPERBOY_NOW: secret,
      PAPERBOY_OFFLINE: secret,
    };
    const problems = problemsOf(() => withFile(yaml, env));
    expect(problems).toHaveLength(8);
    expect(problems.join('\n')).not.toContain(secret);
  });

  it('is all that any file can lead to', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (yaml) => {
        const problems = problemsOf(() => withFile(yaml));
        expect(problems.every((problem) => !problem.includes('undefined'))).toBe(true);
      }),
    );
  });
});

describe('weights', () => {
  it('are taken for every signal that there is', () => {
    const weights = Object.fromEntries(signals.map(({ id }, index) => [id, index]));
    expect(withFile(JSON.stringify({ ranking: { weights } })).ranking.weights).toEqual(weights);
  });

  it('of other names, and out of range, are problems, all at once', () => {
    const [first, ...rest] = problemsOf(() =>
      withFile('ranking:\n  weights:\n    vote: 1\n    code: 11\n    votes: -1\n'),
    );
    expect(first).toMatch(
      /^paperboy\.yaml:3: ranking\.weights\.vote is not known \(did you mean votes\?\); allowed: .*votes/,
    );
    expect(rest).toEqual([
      'paperboy.yaml:4: ranking.weights.code is a number that doesn’t fit; allowed: a number from 0 to 10',
      'paperboy.yaml:5: ranking.weights.votes is a number that doesn’t fit; allowed: a number from 0 to 10',
    ]);
  });
});

describe('the environment', () => {
  it('sets token, database, offline and clock', () => {
    const config = loadConfig(
      {
        HF_TOKEN: ' hf_abc\n',
        PAPERBOY_DATABASE: '/srv/papers.db',
        PAPERBOY_OFFLINE: '1',
        PAPERBOY_NOW: '2026-03-10T09:00:00+01:00',
      },
      absent,
    );
    expect(config.sources.huggingFace.token).toBe('hf_abc');
    expect(config).toMatchObject({ database: '/srv/papers.db', offline: true });
    expect(config.now).toEqual(new Date('2026-03-10T08:00:00.000Z'));
  });

  it('gives the embedding endpoint its key, where one is configured', () => {
    const env = { PAPERBOY_EMBEDDINGS_KEY: 'sk-1' };
    expect(withFile('', env).embeddings).toBeUndefined();
    const yaml = 'embeddings: { url: https://x.example/v1/, model: small, dimensions: 256 }';
    const given = { url: 'https://x.example/v1', model: 'small', dimensions: 256 };
    expect(withFile(yaml, env).embeddings).toEqual({ ...given, key: 'sk-1' });
    expect(withFile(yaml).embeddings).toEqual(given);
    expect(problemsOf(() => withFile('embeddings: { url: x, dimensions: 2 }'))).toHaveLength(3);
  });

  it.each(['2026-03-10T08:00Z', '2026-03-10T08:00:00Z', '2026-03-10T08:00:00.000Z'])(
    'takes %s for a time',
    (now) => {
      expect(loadConfig({ PAPERBOY_NOW: now }, absent).now).toEqual(
        new Date('2026-03-10T08:00:00Z'),
      );
    },
  );

  it.each([
    '2026-02-30T08:00:00Z',
    '2026-03-10',
    '2026-03-10T08:00:00',
    '10 March 2026',
    '1773129600',
  ])('does not take %s for a time', (now) => {
    expect(problemsOf(() => loadConfig({ PAPERBOY_NOW: now }, absent))).toHaveLength(1);
  });

  it('wins over the file for base addresses, and loses their closing slashes', () => {
    const yaml =
      'sources: { huggingFace: { url: "https://a.example/" }, arxiv: { url: https://b.example } }';
    expect(withFile(yaml).sources.huggingFace.url).toBe('https://a.example');
    const env = {
      PAPERBOY_HF_URL: 'http://127.0.0.1:8080/hf//',
      PAPERBOY_ARXIV_URL: 'http://127.0.0.1:81',
    };
    expect(withFile(yaml, env).sources.huggingFace.url).toBe('http://127.0.0.1:8080/hf');
    expect(withFile(yaml, env).sources.arxiv.url).toBe('http://127.0.0.1:81');
  });

  it('moves arXiv’s feeds along with its query API', () => {
    const { arxiv } = loadConfig({ PAPERBOY_ARXIV_URL: 'http://127.0.0.1:81/' }, absent).sources;
    expect(arxiv).toMatchObject({ url: 'http://127.0.0.1:81', rssUrl: 'http://127.0.0.1:81' });
  });

  it('a variable set to nothing is not set', () => {
    const names = [
      'HF_TOKEN',
      'PAPERBOY_CONFIG',
      'PAPERBOY_DATABASE',
      'PAPERBOY_OFFLINE',
      'PAPERBOY_HF_URL',
    ];
    const env = Object.fromEntries(
      [...names, 'PAPERBOY_ARXIV_URL', 'PAPERBOY_NOW'].map((name) => [name, ' ']),
    );
    expect(loadConfig(env, absent)).toEqual(loadConfig({}, absent));
  });
});

describe('Discord', () => {
  it('takes its token and another address from the environment', () => {
    const env = { DISCORD_TOKEN: ' a.b.c ', PAPERBOY_DISCORD_API_URL: 'http://localhost:1/api/' };
    expect(loadConfig(env, absent).discord).toEqual({
      requestsPerSecond: 25,
      crosspost: false,
      token: 'a.b.c',
      apiUrl: 'http://localhost:1/api',
    });
  });

  it('refuses a token with a space in it without showing it', () => {
    const load = () => loadConfig({ DISCORD_TOKEN: 'a secret' }, absent);
    expect(load).toThrow(/DISCORD_TOKEN is text that doesn’t fit/);
    expect(load).not.toThrow(/a secret/);
  });
});

describe('Slack', () => {
  const key = Buffer.alloc(32, 'k');
  const open = {
    SLACK_CLIENT_ID: '111.222',
    SLACK_CLIENT_SECRET: 'client',
    SLACK_SIGNING_SECRET: 'signing',
    PAPERBOY_SLACK_ENCRYPTION_KEY: `${key.toString('base64')},${key.toString('hex')}`,
  };

  it('lets workspaces install it where its client id is set', () => {
    const { slack } = withFile('slack: { address: "https://papers.example/" }', open);
    expect(slack).toEqual({
      port: 3000,
      managers: 'admins',
      signingSecret: 'signing',
      oauth: {
        clientId: '111.222',
        clientSecret: 'client',
        encryptionKeys: [key.toString('base64'), key.toString('hex')],
        address: 'https://papers.example',
      },
    });
  });

  it('says all that is lacking for it, and what it excludes', () => {
    const env = {
      SLACK_CLIENT_ID: '111.222',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
    };
    expect(problemsOf(() => loadConfig(env, absent))).toEqual([
      'SLACK_CLIENT_SECRET is missing; allowed: the client secret that stands beside SLACK_CLIENT_ID',
      expect.stringMatching(/^SLACK_SIGNING_SECRET is missing/),
      expect.stringMatching(/^PAPERBOY_SLACK_ENCRYPTION_KEY is missing.*openssl rand -base64 32/),
      expect.stringMatching(/^SLACK_BOT_TOKEN is text that doesn’t fit; allowed: nothing where/),
      expect.stringMatching(/^SLACK_APP_TOKEN is text that doesn’t fit; allowed: nothing where/),
    ]);
  });

  it.each(['short', key.subarray(1).toString('base64'), `${key.toString('hex')},`, 'a'.repeat(65)])(
    'refuses a key that is none (%s) without showing it',
    (wrong) => {
      const env = { ...open, PAPERBOY_SLACK_ENCRYPTION_KEY: wrong };
      const [problem, ...more] = problemsOf(() => loadConfig(env, absent));
      expect([problem, more]).toEqual([
        expect.stringMatching(/^PAPERBOY_SLACK_ENCRYPTION_KEY is text.*keys of 32 random bytes/),
        [],
      ]);
      expect(problem).not.toContain(wrong);
    },
  );

  it('gets its secrets and its address from the environment', () => {
    const { slack } = loadConfig(
      {
        SLACK_BOT_TOKEN: ' xoxb-1 ',
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_SIGNING_SECRET: 's',
        PAPERBOY_SLACK_API_URL: 'http://127.0.0.1:82/api/',
      },
      absent,
    );
    expect(slack).toEqual({
      port: 3000,
      managers: 'admins',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      signingSecret: 's',
      apiUrl: 'http://127.0.0.1:82/api',
    });
  });
});
