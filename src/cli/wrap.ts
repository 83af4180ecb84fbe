import { displayWidth, isWide, toGraphemes } from './display-width.ts';

/** How a run of text looks in a terminal; each sets apart by one escape sequence. */
export type Look = 'bold' | 'dim' | 'italic' | 'cyan';

/** A run of text; plain text without control characters. */
export interface Run {
  readonly text: string;
  readonly look?: Look;
  /** An http(s) URL that the run links to. */
  readonly href?: string;
}

/** Runs that stay on one line together: a word, or one wide character. */
interface Chunk {
  readonly space: boolean;
  runs: Run[];
}

/** A closing mark never begins a line, an opening one never ends it. */
const CLOSING = /^[\p{Pe}\p{Pf}、。，．：；！？ー]/u;
const OPENING = /[\p{Ps}\p{Pi}]$/u;
const URL_LIKE = /https?:\/\//i;

/**
 * Breaks runs into lines of at most `width` columns, at spaces and between wide characters. A word
 * that is too long is cut, but never a URL: that stands on a line of its own, however long.
 */
export function wrap(runs: readonly Run[], width: number): Run[][] {
  const chunks = toChunks(runs).flatMap((chunk) => fit(chunk, width));
  const lines: Run[][] = [];
  let line: Run[] = [];
  let used = 0;
  for (const chunk of chunks) {
    const gap = chunk.space && line.length > 0 ? 1 : 0;
    const needed = widthOf(chunk);
    if (line.length > 0 && used + gap + needed > width) {
      lines.push(line);
      line = [];
      used = 0;
    } else if (gap === 1) {
      join(line, toGap(line.at(-1), chunk.runs[0]));
      used += 1;
    }
    for (const run of chunk.runs) join(line, run);
    used += needed;
  }
  return line.length > 0 ? [...lines, line] : lines;
}

/** A space that belongs to the link or look on both of its sides. */
function toGap(before: Run | undefined, after: Run | undefined): Run {
  const same = before?.look === after?.look && before?.href === after?.href;
  return same ? { ...before, text: ' ' } : { text: ' ' };
}

function toChunks(runs: readonly Run[]): Chunk[] {
  const chunks: Chunk[] = [];
  let space = false;
  let previous = '';
  for (const run of runs) {
    for (const grapheme of toGraphemes(run.text)) {
      if (/^\s+$/.test(grapheme)) {
        space = true;
        continue;
      }
      const chunk = chunks.at(-1);
      const piece = { ...run, text: grapheme };
      if (chunk === undefined || space || mayBreak(previous, grapheme)) {
        chunks.push({ space, runs: [piece] });
      } else {
        join(chunk.runs, piece);
      }
      space = false;
      previous = grapheme;
    }
  }
  return chunks;
}

function mayBreak(before: string, after: string): boolean {
  return (isWide(before) || isWide(after)) && !CLOSING.test(after) && !OPENING.test(before);
}

/** Adds a run to a line, making one of it and its neighbour where they look the same. */
function join(line: Run[], run: Run): void {
  const last = line.at(-1);
  if (last !== undefined && last.look === run.look && last.href === run.href) {
    line[line.length - 1] = { ...last, text: last.text + run.text };
  } else {
    line.push(run);
  }
}

function fit(chunk: Chunk, width: number): Chunk[] {
  if (widthOf(chunk) <= width || URL_LIKE.test(textOf(chunk))) return [chunk];
  const pieces: Chunk[] = [];
  let used = 0;
  for (const run of chunk.runs) {
    for (const grapheme of toGraphemes(run.text)) {
      const needed = displayWidth(grapheme);
      const piece = { ...run, text: grapheme };
      const last = pieces.at(-1);
      if (last === undefined || used + needed > width) {
        pieces.push({ space: last === undefined && chunk.space, runs: [piece] });
        used = 0;
      } else {
        join(last.runs, piece);
      }
      used += needed;
    }
  }
  return pieces;
}

function textOf({ runs }: Chunk): string {
  return runs.map(({ text }) => text).join('');
}

function widthOf(chunk: Chunk): number {
  return displayWidth(textOf(chunk));
}
