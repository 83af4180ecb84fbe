import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingPaths } from './architecture/docs.ts';
import { platformNames, strayUses, untidyFiles } from './architecture/homes.ts';
import { forbiddenImports } from './architecture/imports.ts';
import { listGaps } from './architecture/lists.ts';
import { unprovenPromises } from './architecture/promises.ts';
import { readTree, type Tree } from './architecture/tree.ts';

const project = readTree('src');

function tree(files: Readonly<Record<string, string>>): Tree {
  return new Map(Object.entries(files));
}

describe('imports', () => {
  it('follow the dependency rules', () => {
    expect(forbiddenImports(project)).toEqual([]);
  });

  it.each([
    ['a platform from the core', 'src/core/digest/deliver.ts', '../../preview/index.ts'],
    ['the core’s inside from a platform', 'src/preview/index.ts', '../core/store/open.ts'],
    ['the core’s port from a platform', 'src/preview/index.ts', '../core/platform.ts'],
    ['a platform from another', 'src/discord/index.ts', '../preview/index.ts'],
    ['the command line from the core', 'src/core/paperboy.ts', '../cli/run.ts'],
    ['the configuration from the core', 'src/core/http.ts', '../config.ts'],
    ['the log’s home from the core', 'src/core/archive/index.ts', '../../log.ts'],
    ['the configuration’s inside from elsewhere', 'src/cli/run.ts', '../config/settings.ts'],
    ['a platform’s inside from the command line', 'src/cli/serve.ts', '../preview/feed.ts'],
    ['a sibling: ranking from sources', 'src/core/sources/index.ts', '../ranking/index.ts'],
    ['a sibling: the store from ranking', 'src/core/ranking/index.ts', '../store/open.ts'],
    ['a sibling: search from commands', 'src/core/commands/topic.ts', '../search/index.ts'],
    ['an upper part from a middle one', 'src/core/store/papers.ts', '../archive/index.ts'],
    ['the inside of an upper part', 'src/core/schedule/plan.ts', '../digest/compose.ts'],
    ['the schedule from the digest', 'src/core/digest/index.ts', '../schedule/index.ts'],
    ['a part from the vocabulary', 'src/core/message.ts', './store/open.ts'],
    ['the store from the front door', 'src/core/index.ts', './store/open.ts'],
    ['the core’s composition from a part', 'src/core/bookmarks/index.ts', '../paperboy.ts'],
    ['anything from a folder without a rule', 'src/core/metrics/index.ts', '../paper.ts'],
    ['anything from a file without a rule', 'src/other.ts', './core/index.ts'],
    ['the database driver outside the store', 'src/core/search/index.ts', 'better-sqlite3'],
    ['another database driver', 'src/core/store/open.ts', 'node:sqlite'],
    ['cron outside the schedule', 'src/core/archive/index.ts', 'node-cron'],
    ['the logger outside log.ts', 'src/core/http.ts', 'pino'],
    ['a platform’s SDK outside its folder', 'src/core/platform.ts', 'discord.js'],
    ['a platform’s SDK outside its folder', 'src/preview/index.ts', '@slack/bolt'],
    ['Node’s HTTP in the core', 'src/core/http.ts', 'node:https'],
    ['a package that nobody decided on', 'src/core/paper.ts', 'lodash'],
    ['Node’s process module', 'src/core/paper.ts', 'node:process'],
    ['a package named like an object’s member', 'src/core/paper.ts', 'constructor'],
  ])('are caught: %s', (_, path, specifier) => {
    const forms = [
      `import { x } from '${specifier}';`,
      `import type { x } from '${specifier}';`,
      `import '${specifier}';`,
      `export * from '${specifier}';`,
      `const x = await import('${specifier}');`,
      `type X = typeof import('${specifier}');`,
    ];
    const caught = forms.map((form) => forbiddenImports(tree({ [path]: form })).length);
    expect(caught).toEqual(forms.map(() => 1));
  });

  it('in comments and texts are none', () => {
    const text = `// import 'pino';\nconst x = "import 'pino'";\n/** import('pino') */`;
    expect(forbiddenImports(tree({ 'src/core/paper.ts': text }))).toEqual([]);
  });
});

describe('one home each', () => {
  it('for the process, the clock and outgoing HTTP', () => {
    expect(strayUses(project)).toEqual([]);
  });

  it.each([
    ['process', 'const key = process.env.KEY;'],
    ['process', 'const { env } = process;'],
    ['process', "globalThis['x'] = process;"],
    ['the clock', 'const now = new Date();'],
    ['the clock', 'const now = new Date;'],
    ['the clock', 'const now = Date.now();'],
    ['the clock', 'const clock = Date.now;'],
    ['the monotonic clock', 'const now = performance.now();'],
    ['the clock', 'const now = Temporal.Now.instant();'],
    ['outgoing HTTP', "const reply = await fetch('https://arxiv.org');"],
    ['outgoing HTTP', 'const get = globalThis.fetch;'],
    ['outgoing HTTP', "const socket = new WebSocket('wss://x');"],
  ])('catches %s: %s', (name, text) => {
    expect(strayUses(tree({ 'src/core/store/papers.ts': `\n${text}` }))).toEqual([
      `src/core/store/papers.ts:2 uses ${name}`,
    ]);
  });

  it('leaves the homes alone, and what only looks alike', () => {
    const files = {
      'src/main.ts': 'const { env } = process;\nconst clock = () => new Date();',
      'src/core/http/attempt.ts': 'await fetch(url);',
      'src/core/paper.ts': [
        'new Date(text); Date.parse(text); source.fetch(date); options.process; process.platform; // Date.now()',
        'interface Options { readonly process: string; fetch(date: string): void }',
      ].join('\n'),
    };
    expect(strayUses(tree(files))).toEqual([]);
  });
});

describe('the core', () => {
  it('holds no platform’s name', () => {
    expect(platformNames(project)).toEqual([]);
  });

  it.each([
    "if (platform === 'discord') skip();",
    'const slackLimit = 3000;',
    'type Id = "Slack" | string;',
    'interface SlackRef { id: string }',
    'const text = `Open ${place} in Discord`;',
    'const limits = { discord: 1 };',
    'const shape = /slack/;',
  ])('is caught with one: %s', (text) => {
    expect(platformNames(tree({ 'src/core/message.ts': text }))).toHaveLength(1);
    expect(platformNames(tree({ 'src/discord/index.ts': text }))).toEqual([]);
  });

  it('may speak of them in comments', () => {
    const text =
      '/** A Discord server or a Slack workspace. */\nexport type Tenant = string; // preview';
    expect(platformNames(tree({ 'src/core/platform.ts': text }))).toEqual([]);
  });
});

describe('folders and lists', () => {
  it('are equal: sources, signals, commands, calls, platforms', () => {
    expect(listGaps(project)).toEqual([]);
  });

  const signals = {
    'src/core/ranking/index.ts':
      "import { votes } from './votes.ts';\nimport { diversify } from './diversify.ts';\n" +
      'export const signals: readonly RankSignal[] = [votes];\ndiversify();',
    'src/core/ranking/votes.ts': 'export const votes: RankSignal = {};',
    'src/core/ranking/diversify.ts': 'export function diversify() {}',
  };
  const others = {
    'src/core/sources/index.ts':
      "import { createArxiv } from './arxiv/index.ts';\nimport { createGate } from './gate.ts';\n" +
      'const gate = createGate();\nconst factories = [() => createArxiv(gate)];',
    'src/core/sources/gate.ts': 'export function createGate() {}',
    'src/core/sources/arxiv/index.ts': 'export function createArxiv() {}',
    'src/core/sources/arxiv/query.ts': '',
    'src/core/commands/index.ts':
      "import { today } from './today.ts';\nimport { createHelp } from './help.ts';\n" +
      'export const commands = [today, createHelp(() => commands)];',
    'src/core/commands/today.ts': 'export const today = defineCommand({});',
    'src/core/commands/help.ts': 'export function createHelp() { return defineCommand({}); }',
    'src/core/commands/command.ts': 'export function defineCommand() {}',
    'src/cli/run.ts': "const calls = { start: async () => (await import('./start.ts')).start };",
    'src/cli/start.ts': 'export const start: Call = {};',
    'src/platforms.ts':
      "import { createPreview } from './preview/index.ts';\nexport const platforms = [createPreview];",
    'src/preview/index.ts': '',
  };
  const whole = { ...signals, ...others };

  it('that are equal are no gap', () => {
    expect(listGaps(tree(whole))).toEqual([]);
  });

  it.each([
    ['a signal', { 'src/core/ranking/late.ts': 'export const late: RankSignal = {};' }],
    ['a source', { 'src/core/sources/biorxiv/index.ts': '' }],
    ['a command', { 'src/core/commands/team.ts': 'export const team = defineCommand({});' }],
    ['a call', { 'src/cli/doctor.ts': 'export const doctor: Call = {};' }],
    ['a platform', { 'src/matrix/index.ts': '' }],
  ])('that differ by %s left out of the list are caught', (_, file) => {
    const [path = ''] = Object.keys(file);
    expect(listGaps(tree({ ...whole, ...file }))).toEqual([
      expect.stringMatching(`lacks ${path}$`),
    ]);
  });

  it.each(['src/core/ranking/votes.ts', 'src/cli/start.ts', 'src/preview/index.ts'])(
    'that differ by a listed file which is not there (%s) are caught',
    (path) => {
      const files = new Map(Object.entries(whole));
      files.delete(path);
      expect(listGaps(files)).toEqual([expect.stringMatching(`lists ${path}, which is not there`)]);
    },
  );

  it('whose entry is imported but not listed are caught', () => {
    const index = signals['src/core/ranking/index.ts'].replace('[votes]', '[]');
    expect(listGaps(tree({ ...whole, 'src/core/ranking/index.ts': index }))).toEqual([
      'src/core/ranking/index.ts lacks src/core/ranking/votes.ts',
    ]);
  });

  it('whose list is missing are caught', () => {
    const files = new Map(Object.entries(whole));
    files.delete('src/cli/run.ts');
    expect(listGaps(files)).toEqual(['src/cli/run.ts is missing']);
  });
});

describe('files', () => {
  it('are short and finished', () => {
    expect(untidyFiles(project)).toEqual([]);
  });

  it('that are not are caught', () => {
    const files = { 'src/a.ts': 'x;\n'.repeat(201), 'src/b.ts': 'x;\n// TO' + 'DO: more' };
    expect(untidyFiles(tree(files))).toEqual([
      'src/a.ts has 201 lines',
      'src/b.ts:2 leaves work behind',
    ]);
  });

  it('of 200 lines are short', () => {
    expect(untidyFiles(tree({ 'src/a.ts': 'x;\n'.repeat(200) }))).toEqual([]);
  });
});

describe('promises', () => {
  const tests = tree({ 'test/a.test.ts': "it('keeps 1: it’s so', () => {});" });

  it('of docs/reliability.md are proved by tests that exist', () => {
    const text = readFileSync('docs/reliability.md', 'utf8');
    expect(unprovenPromises(text, readTree('test'))).toEqual([]);
  });

  it('that a test proves are none to speak of', () => {
    const text = '**It is so.** Always.\n\n- test/a.test.ts: keeps 1: it’s so\n\nMore.';
    expect(unprovenPromises(text, tests)).toEqual([]);
  });

  it.each([
    ['without a proof', '**It is so.**\n\nMore.', 'No test is named for: **It is so.**'],
    ['at the end', 'First.\n\n**It is so.**', 'No test is named for: **It is so.**'],
    [
      'with a test that is gone',
      '**It is so.**\n\n- test/a.test.ts: keeps 1',
      'test/a.test.ts has no test “keeps 1”',
    ],
    [
      'with a file that is gone',
      '**It is so.**\n\n- test/b.test.ts: keeps 1: it’s so',
      'test/b.test.ts has no test “keeps 1: it’s so”',
    ],
  ])('%s are caught', (_, text, problem) => {
    expect(unprovenPromises(text, tests)).toEqual([problem]);
  });
});

describe('documents', () => {
  const roots = ['docs', 'README.md', 'CONTRIBUTING.md'].filter((path) => existsSync(path));

  it('name only paths that exist', () => {
    expect(missingPaths(readTree(...roots), existsSync)).toEqual([]);
  });

  it.each([
    ['a mention', 'See `src/core/gone.ts`.', 'src/core/gone.ts'],
    ['a folder', 'All of src/gone/ is it.', 'src/gone/'],
    ['a link', '[the design](architecture.md)', 'docs/architecture.md'],
    ['a link upwards', '[more](../GONE.md#part)', 'GONE.md'],
  ])('are caught naming another: %s', (_, text, path) => {
    expect(missingPaths(tree({ 'docs/page.md': text }), () => false)).toEqual([
      `docs/page.md names ${path}, which does not exist`,
    ]);
  });

  it('may name patterns, addresses, paths of others and the reader’s own configuration', () => {
    const text =
      '`src/core/sources/<id>/index.ts`, docs/*.md, https://x.example/src/a.ts, ' +
      '[site](https://x.example/docs/a.md), [below](#part), node_modules/x/src/a.ts, config/paperboy.yaml';
    expect(missingPaths(tree({ 'README.md': text }), () => false)).toEqual([]);
  });
});
