import { importsOf, sourceFiles, type Tree } from './tree.ts';

/** A path of the project; one that ends with a slash stands for all below it. */
type Place = string;

/** The vocabulary of the core: what every part of it may speak of. */
const TYPES: readonly Place[] = [
  'src/core/changes.ts',
  'src/core/clock.ts',
  'src/core/command-call.ts',
  'src/core/compounds.ts',
  'src/core/compose.ts',
  'src/core/errors.ts',
  'src/core/form.ts',
  'src/core/home.ts',
  'src/core/installations.ts',
  'src/core/journal.ts',
  'src/core/http.ts',
  'src/core/library.ts',
  'src/core/log.ts',
  'src/core/message.ts',
  'src/core/moment.ts',
  'src/core/outdated.ts',
  'src/core/paginate.ts',
  'src/core/paper.ts',
  'src/core/patience.ts',
  'src/core/platform.ts',
  'src/core/privacy.ts',
  'src/core/dense.ts',
  'src/core/thread.ts',
  'src/core/query.ts',
  'src/core/search-answer.ts',
  'src/core/status.ts',
  'src/core/stem.ts',
  'src/core/subscription.ts',
  'src/core/text/index.ts',
  'src/core/turns.ts',
  'src/core/wait.ts',
  'src/core/sources/source.ts',
  'src/core/ranking/signal.ts',
  'src/core/commands/command.ts',
  'src/core/commands/subscription.ts',
];

/** What each place may import besides its own folder. Deny by default: a place not here may not be. */
const ALLOWED: readonly (readonly [Place, readonly Place[]])[] = [
  ['src/core/index.ts', TYPES],
  ['src/core/http.ts', [...TYPES, 'src/core/http/']],
  ['src/core/text/', TYPES],
  ...TYPES.map((place) => [place, TYPES] as const),
  ['src/core/http/', TYPES],
  ['src/core/sources/', TYPES],
  ['src/core/ranking/', TYPES],
  ['src/core/commands/', TYPES],
  ['src/core/store/', TYPES],
  ['src/core/vectors/', [...TYPES, 'src/core/store/']],
  [
    'src/core/tastes/',
    [
      ...TYPES,
      'src/core/store/',
      'src/core/vectors/index.ts',
      'src/core/ranking/liking.ts',
      'src/core/search/archive.ts',
    ],
  ],
  [
    'src/core/search/',
    [
      ...TYPES,
      'src/core/store/',
      'src/core/vectors/index.ts',
      'src/core/commands/nearest.ts',
      'src/core/ranking/growth.ts',
    ],
  ],
  // A corpus file holds the items of Hugging Face's replies, and is read with the same care.
  ['src/core/archive/', [...TYPES, 'src/core/store/', 'src/core/sources/hugging-face/paper.ts']],
  ['src/core/links/', TYPES],
  ['src/core/bookmarks/', [...TYPES, 'src/core/store/', 'src/core/ranking/words.ts']],
  [
    'src/core/digest/',
    [
      ...TYPES,
      'src/core/store/',
      'src/core/ranking/index.ts',
      'src/core/archive/index.ts',
      'src/core/tastes/index.ts',
    ],
  ],
  [
    'src/core/schedule/',
    [
      ...TYPES,
      'src/core/store/',
      'src/core/archive/index.ts',
      'src/core/digest/index.ts',
      'src/core/tastes/index.ts',
    ],
  ],
  // The core's own composition.
  ['src/core/services.ts', ['src/core/']],
  ['src/core/services/', ['src/core/']],
  ['src/core/inbox.ts', ['src/core/']],
  ['src/core/line-up.ts', ['src/core/']],
  ['src/core/paperboy.ts', ['src/core/']],
  ['src/core/paperboy/', ['src/core/']],
  // Everything above the core.
  ['src/log.ts', ['src/core/log.ts', 'src/log/']],
  ['src/log/', []],
  ['src/config.ts', ['src/config/']],
  [
    'src/config/',
    ['src/core/errors.ts', 'src/core/ranking/index.ts', 'src/core/commands/nearest.ts'],
  ],
  ['src/discord/', ['src/core/index.ts']],
  ['src/slack/', ['src/core/index.ts']],
  ['src/preview/', ['src/core/index.ts']],
  [
    'src/platforms.ts',
    [
      'src/core/index.ts',
      'src/config.ts',
      'src/preview/index.ts',
      'src/discord/index.ts',
      'src/slack/index.ts',
      // None runs the bot: some print without its SDK, another only asks.
      'src/discord/payloads.ts',
      'src/slack/payloads.ts',
      'src/discord/examine.ts',
      'src/slack/examine.ts',
    ],
  ],
  [
    'src/cli/',
    ['src/core/', 'src/config.ts', 'src/log.ts', 'src/platforms.ts', 'src/preview/index.ts'],
  ],
  ['src/main.ts', ['src/cli/', 'src/log.ts', 'src/config.ts']],
];

/** The homes of packages and of Node's own modules. One that is not here may not be used. */
const HOMES: Readonly<Record<string, readonly Place[]>> = {
  'better-sqlite3': ['src/core/store/'],
  'discord.js': ['src/discord/'],
  '@slack/bolt': ['src/slack/'],
  kysely: ['src/core/store/', 'src/core/search/'],
  'node-cron': ['src/core/schedule/'],
  'p-queue': ['src/core/digest/', 'src/discord/', 'src/slack/'],
  feedsmith: ['src/core/sources/arxiv/'],
  'temporal-polyfill': ['src/core/', 'src/cli/'],
  zod: [
    'src/core/sources/',
    'src/core/archive/',
    'src/core/vectors/',
    'src/config/',
    'src/preview/',
    'src/slack/',
  ],
  yaml: ['src/config/'],
  pino: ['src/log.ts'],
  'node:crypto': ['src/core/', 'src/preview/', 'src/discord/', 'src/slack/'],
  'node:events': ['src/cli/', 'src/core/vectors/', 'src/core/digest/', 'src/core/turns.ts'],
  'node:fs': ['src/core/store/', 'src/core/archive/', 'src/config/'],
  'node:fs/promises': ['src/core/archive/', 'src/preview/'],
  'node:http': ['src/preview/', 'src/slack/'],
  'node:module': ['src/config.ts', 'src/config/', 'src/log.ts'],
  'node:net': ['src/preview/', 'src/slack/'],
  'node:os': ['src/cli/'],
  'node:path': ['src/core/store/', 'src/core/archive/', 'src/preview/', 'src/cli/'],
  'node:readline': ['src/core/archive/'],
  'node:stream': ['src/core/archive/'],
  'node:stream/promises': ['src/core/archive/'],
  'node:timers/promises': ['src/core/', 'src/cli/', 'src/discord/', 'src/slack/'],
  'node:url': ['src/core/thread.ts'],
  'node:util': ['src/cli/'],
  'node:worker_threads': ['src/core/thread.ts', 'src/core/store/', 'src/core/vectors/'],
  'node:zlib': ['src/core/archive/'],
};

/** Imports that the dependency rules of docs/architecture.md don't allow, a line each. */
export function forbiddenImports(tree: Tree): string[] {
  return sourceFiles(tree).flatMap(([path, text]) =>
    importsOf(path, text)
      .filter(
        ({ target, relative }) => !(relative ? mayImport(path, target) : mayUse(path, target)),
      )
      .map(({ target }) => `${path} may not import ${target}`),
  );
}

function mayImport(path: string, target: string): boolean {
  const [place, allowed] = ALLOWED.find(([each]) => isIn(path, each)) ?? [undefined, []];
  if (place === undefined) return false;
  const own = place.endsWith('/') && isIn(target, place);
  return own || allowed.some((each) => isIn(target, each));
}

function mayUse(path: string, target: string): boolean {
  const homes = Object.hasOwn(HOMES, target) ? (HOMES[target] ?? []) : [];
  return homes.some((home) => isIn(path, home));
}

function isIn(path: string, place: Place): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}
