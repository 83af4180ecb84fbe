import ts from 'typescript';
import { lineOf, nodesOf, parse, sourceFiles, type Tree } from './tree.ts';

interface Home {
  readonly name: string;
  readonly places: readonly string[];
  readonly matches: (node: ts.Node) => boolean;
}

const ROOT = ['src/main.ts', 'src/cli/'];

const HOMES: readonly Home[] = [
  { name: 'process', places: [...ROOT, 'src/log.ts'], matches: isProcess },
  { name: 'the clock', places: ROOT, matches: readsClock },
  {
    // It measures waits, and can't tell what time it is.
    name: 'the monotonic clock',
    places: [
      ...ROOT,
      'src/core/sources/gate.ts',
      'src/core/turns.ts',
      'src/discord/pace.ts',
      'src/slack/session.ts',
    ],
    matches: (node) => ts.isPropertyAccessExpression(node) && node.getText() === 'performance.now',
  },
  {
    name: 'outgoing HTTP',
    // Bolt answers at Slack's addresses with what it is given for it.
    places: ['src/core/http.ts', 'src/core/http/', 'src/slack/respond.ts'],
    matches: (node) =>
      (ts.isCallExpression(node) && node.expression.getText() === 'fetch') ||
      (ts.isPropertyAccessExpression(node) && node.getText() === 'globalThis.fetch') ||
      (ts.isNewExpression(node) && /^(WebSocket|EventSource)$/.test(node.expression.getText())),
  },
];

/** Uses of something outside its one home, a line each. */
export function strayUses(tree: Tree): string[] {
  return sourceFiles(tree).flatMap(([path, text]) => {
    const file = parse(path, text);
    const nodes = nodesOf(file);
    return HOMES.filter(({ places }) => !places.some((place) => path.startsWith(place))).flatMap(
      ({ name, matches }) =>
        nodes
          .filter((node) => matches(node))
          .map((node) => `${path}:${lineOf(file, node)} uses ${name}`),
    );
  });
}

/** The global `process`, save for `process.platform`, which is the same for all. */
function isProcess(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'process') return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node && parent.name.text !== 'platform';
  }
  return !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent);
}

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    return (node.arguments ?? []).length === 0;
  }
  return (
    ts.isPropertyAccessExpression(node) && ['Date.now', 'Temporal.Now'].includes(node.getText())
  );
}

// The preview is not among them: it is a word of its own, and the name of a subcommand.
const PLATFORM = /discord|slack/i;

/** Platforms' names in the core's code: identifiers, texts and types; comments may name them. */
export function platformNames(tree: Tree): string[] {
  return sourceFiles(tree)
    .filter(([path]) => path.startsWith('src/core/'))
    .flatMap(([path, text]) => {
      const file = parse(path, text);
      return nodesOf(file)
        .filter((node) => isWord(node) && PLATFORM.test(node.getText(file)))
        .map((node) => `${path}:${lineOf(file, node)} names a platform: ${node.getText(file)}`);
    });
}

function isWord(node: ts.Node): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TemplateHead ||
    node.kind === ts.SyntaxKind.TemplateMiddle ||
    node.kind === ts.SyntaxKind.TemplateTail
  );
}

/** How long a file may be, so that it is read in one go. */
const MOST_LINES = 200;

/** Files that are too long, and notes to self left behind. */
export function untidyFiles(tree: Tree): string[] {
  return sourceFiles(tree).flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n');
    return [
      ...(lines.length > MOST_LINES ? [`${path} has ${lines.length} lines`] : []),
      ...lines.flatMap((line, index) =>
        /\b(TODO|FIXME|XXX|HACK)\b/.test(line) ? [`${path}:${index + 1} leaves work behind`] : [],
      ),
    ];
  });
}
