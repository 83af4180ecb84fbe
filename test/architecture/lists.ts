import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf, nodesOf, parse, sourceFiles, type Tree } from './tree.ts';

interface List {
  /** The file and the constant that holds it. */
  readonly file: string;
  readonly constant: string;
  /** The module that gives the entry, for a file that belongs in the list; else undefined. */
  readonly entry: (path: string, text: string) => string | undefined;
}

const LISTS: readonly List[] = [
  {
    file: 'src/core/sources/index.ts',
    constant: 'factories',
    entry: (path) => /^src\/core\/sources\/[^/]+\//.exec(path)?.[0].concat('index.ts'),
  },
  {
    file: 'src/core/ranking/index.ts',
    constant: 'signals',
    entry: marked('src/core/ranking/', /export const \w+: RankSignal\b/),
  },
  {
    file: 'src/core/commands/index.ts',
    constant: 'commands',
    entry: marked('src/core/commands/', /(?:=|return) defineCommand\(/),
  },
  {
    file: 'src/cli/run.ts',
    constant: 'calls',
    entry: marked('src/cli/', /export const \w+: Call\b/),
  },
  {
    file: 'src/platforms.ts',
    constant: 'platforms',
    entry: (path) =>
      /^src\/(?!core\/|cli\/|config\/|log\/)[^/]+\//.exec(path)?.[0].concat('index.ts'),
  },
];

function marked(folder: string, mark: RegExp): List['entry'] {
  return (path, text) =>
    posix.dirname(path) + '/' === folder && mark.test(text) ? path : undefined;
}

/** Where the files of a folder and its list differ, a line each. */
export function listGaps(tree: Tree): string[] {
  return LISTS.flatMap(({ file, constant, entry }) => {
    const there = new Set(
      sourceFiles(tree).flatMap(([path, text]) => (path === file ? [] : (entry(path, text) ?? []))),
    );
    const text = tree.get(file);
    if (text === undefined) return there.size === 0 ? [] : [`${file} is missing`];
    const listed = modulesIn(file, text, constant);
    return [
      ...[...there].filter((path) => !listed.has(path)).map((path) => `${file} lacks ${path}`),
      ...[...listed]
        .filter((path) => !there.has(path) && belongs(path, tree, entry))
        .map((path) => `${file} lists ${path}, which is not there`),
    ];
  });
}

// What a list names besides its entries (a helper that it calls) is no gap.
function belongs(path: string, tree: Tree, entry: List['entry']): boolean {
  return !tree.has(path) || entry(path, tree.get(path) ?? '') === path;
}

/** The modules whose imports the constant's value names, and those that it imports itself. */
function modulesIn(path: string, text: string, constant: string): Set<string> {
  const file = parse(path, text);
  const value = nodesOf(file)
    .filter(ts.isVariableDeclaration)
    .find(({ name }) => name.getText(file) === constant)?.initializer;
  if (value === undefined) return new Set();
  const words = nodesOf(value).filter(ts.isIdentifier);
  const named = file.statements
    .filter(ts.isImportDeclaration)
    .filter((each) => {
      const names = nodesOf(each).filter(ts.isImportSpecifier);
      return names.some(({ name }) => words.some((word) => word.text === name.text));
    })
    .map((each) =>
      posix.join(posix.dirname(path), (each.moduleSpecifier as ts.StringLiteral).text),
    );
  return new Set([...named, ...importsOf(path, value.getText(file)).map(({ target }) => target)]);
}
