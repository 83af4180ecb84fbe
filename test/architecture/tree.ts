import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** File texts by path from the project's root, with `/` between names. */
export type Tree = ReadonlyMap<string, string>;

/** Every file below the given folders, and the given files themselves. */
export function readTree(...roots: readonly string[]): Tree {
  const files = roots.flatMap((root) =>
    root.includes('.')
      ? [root]
      : readdirSync(root, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(file, 'utf8')]));
}

/** The TypeScript files of a tree. */
export function sourceFiles(tree: Tree): [path: string, text: string][] {
  return [...tree].filter(([path]) => path.endsWith('.ts'));
}

export interface Import {
  /** A path in the project for a relative import, else the package as written. */
  readonly target: string;
  readonly relative: boolean;
}

/** All that a file imports: types, values, re-exports, `import()` and `typeof import()`. */
export function importsOf(path: string, text: string): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const relative = fileName.startsWith('.');
    return { target: relative ? posix.join(posix.dirname(path), fileName) : fileName, relative };
  });
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Every node of a file, comments not among them. */
export function nodesOf(root: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  root.forEachChild((child) => {
    children.push(...nodesOf(child));
  });
  return [root, ...children];
}

export function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
