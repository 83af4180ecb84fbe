import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Document, Node } from 'yaml';
import { messageOf } from '../core/errors.ts';
import type { Problem } from './problems.ts';

/** The file that is read when PAPERBOY_CONFIG names none; it may be absent. */
const DEFAULT_PATH = 'config/paperboy.yaml';

/** Gives a file's text, or throws an error with Node's `code`: `ENOENT` where there is no file. */
export type ReadFile = (path: string) => string;

export interface ConfigFile {
  /** The settings as written: any value at all, `{}` without a file or with an empty one. */
  readonly content: unknown;
  /** What is wrong with the file itself, one line each. */
  readonly problems: readonly string[];
  /** The problems of its content, in the file's order, as `config/paperboy.yaml:12: log is …`. */
  show(problems: readonly Problem[]): string[];
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'this user may not read it',
};

/** Reads the configuration file. Never throws: what is wrong stands in `problems`. */
export function readConfigFile(
  named: string | undefined,
  read: ReadFile = (path) => readFileSync(path, 'utf8'),
): ConfigFile {
  const path = named ?? DEFAULT_PATH;
  try {
    return parse(path, read(path));
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code === 'ENOENT' && named === undefined) return without([]);
    const from = named === undefined ? path : `${path} (named by PAPERBOY_CONFIG)`;
    return without([`${from} can’t be read: ${REASONS[code] ?? messageOf(error)}`]);
  }
}

function without(problems: readonly string[]): ConfigFile {
  return { content: {}, problems, show: () => [] };
}

function parse(path: string, text: string): ConfigFile {
  // Loaded only for those who have a file: it is a tenth of the start-up time.
  const yaml = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `${path}:${line}:${col}: ${message}`;
  });
  if (broken.length > 0) return without(broken);
  const lineOf = (problem: Problem) =>
    lines.linePos(nodeAt(yaml, document, problem.path)?.range?.[0] ?? 0).line;
  return {
    content: document.toJS() ?? {},
    problems: [],
    show: (problems) =>
      problems
        .map((problem) => ({ line: lineOf(problem), text: problem.text }))
        .sort((one, other) => one.line - other.line)
        .map(({ line, text: problem }) => `${path}:${line}: ${problem}`),
  };
}

/** The key or list item that the path names, else the nearest one above it. */
function nodeAt(
  yaml: typeof import('yaml'),
  document: Document.Parsed,
  path: Problem['path'],
): Node | undefined {
  const name = path.at(-1);
  if (name === undefined) return document.contents ?? undefined;
  const above = path.slice(0, -1);
  const parent = above.length === 0 ? document.contents : document.getIn(above, true);
  const found = yaml.isMap(parent)
    ? parent.items.find(({ key }) => String(key) === String(name))?.key
    : yaml.isSeq(parent) && parent.items[Number(name)];
  return yaml.isNode(found) ? found : nodeAt(yaml, document, above);
}
