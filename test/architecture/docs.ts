import { posix } from 'node:path';
import type { Tree } from './tree.ts';

const FOLDERS = 'src|test|bench|config|docs|\\.ci';
const NAMED = new RegExp(String.raw`(?<![\w./-])(?:${FOLDERS})/[\w./*-]+`, 'g');

/** What the reader makes, not we. */
const MADE_BY_READERS = ['config/paperboy.yaml'];

const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;

/**
 * Paths in Markdown files that don't exist: links, and every mention of a path below the
 * project's folders. One with a `<…>` or `*` in it is a pattern, and is left alone.
 */
export function missingPaths(tree: Tree, exists: (path: string) => boolean): string[] {
  return [...tree]
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) => {
      const links = [...text.matchAll(LINK)].map(([, to = '']) =>
        posix.join(posix.dirname(path), to),
      );
      const named = [...text.matchAll(NAMED)]
        .filter(({ 0: name, index }) => !/[*<]/.test(name + (text[index + name.length] ?? '')))
        .map(([name]) => name.replace(/[.]+$/, ''));
      return [...new Set([...links, ...named])]
        .filter((name) => !MADE_BY_READERS.includes(name) && !exists(name))
        .map((name) => `${path} names ${name}, which does not exist`);
    });
}
