/** Where the conversion stands in one text. Everything from `at` up to `end` is still to read. */
export interface Reader {
  readonly text: string;
  /** For each opening `{`, `$`, `\(` and `\[` the index of what closes it; 0 where nothing does. */
  readonly partners: Int32Array;
  /** Converts the next piece: a run of plain text, a group, a command. Always moves forward. */
  readonly step: (reader: Reader) => string;
  at: number;
  end: number;
  math: boolean;
  /** How many groups and arguments are open. */
  depth: number;
  /** The last character of the result so far, empty at the start. */
  last: string;
  /** Where a symbol or a link just ended, since scripts and labels attach to those. */
  symbolEnd: number;
  linkEnd: number;
}

/** Real abstracts nest four deep. A bound keeps hostile input off the call stack. */
const MAX_DEPTH = 30;

export function createReader(text: string, step: (reader: Reader) => string): Reader {
  const place = { at: 0, end: text.length, math: false, depth: 0, last: '' };
  return { text, step, partners: findPartners(text), ...place, symbolEnd: -1, linkEnd: -1 };
}

/** Converts all that is left before `end`. */
export function readAll(reader: Reader): string {
  const pieces: string[] = [];
  while (reader.at < reader.end) {
    const piece = reader.step(reader);
    pieces.push(piece);
    reader.last = piece.at(-1) ?? reader.last;
  }
  return pieces.join('');
}

/** Converts from `from` to `to`, as text or as a formula, and leaves the reader at `to`. */
export function readInside(reader: Reader, from: number, to: number, math = reader.math): string {
  const { end, math: outerMath } = reader;
  reader.at = from;
  reader.end = to;
  reader.math = math;
  reader.depth += 1;
  const result = readAll(reader);
  reader.depth -= 1;
  reader.at = to;
  reader.end = end;
  reader.math = outerMath;
  return result;
}

/** Reads one argument as LaTeX does: a group, a command or a single character. */
export function readArgument(reader: Reader): string {
  take(reader, / +/y);
  if (reader.at >= reader.end || reader.depth >= MAX_DEPTH) return '';
  const char = reader.text[reader.at] ?? '';
  if (char === '{') return readGroupArgument(reader);
  if ('}$^_'.includes(char)) return '';
  if (char !== '\\') return take(reader, /[^]/uy) ?? '';
  reader.depth += 1;
  const result = reader.step(reader);
  reader.depth -= 1;
  return result;
}

function readGroupArgument(reader: Reader): string {
  const open = reader.at;
  const close = partnerOf(reader);
  reader.at = open + 1;
  if (close === undefined) return '';
  const result = readInside(reader, open + 1, close);
  reader.at = close + 1;
  return result;
}

/** Reads a group's source as it stands; the empty text where no group follows. */
export function readRaw(reader: Reader): string {
  const open = reader.at;
  const close = reader.text[open] === '{' ? partnerOf(reader) : undefined;
  if (close === undefined) return '';
  reader.at = close + 1;
  return reader.text.slice(open + 1, close).trim();
}

/** The index that closes what opens at `at`, where it lies within reach. */
export function partnerOf(reader: Reader, at = reader.at): number | undefined {
  const partner = reader.partners[at] ?? 0;
  const reachable = partner > at && partner < reader.end && reader.depth < MAX_DEPTH;
  return reachable ? partner : undefined;
}

/** Reads a sticky pattern at the current place and moves past it. */
export function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined || reader.at + found.length > reader.end) return undefined;
  reader.at += found.length;
  return found;
}

/** Whether a sticky pattern matches at `at`. Doesn't move. */
export function sees(reader: Reader, pattern: RegExp, at = reader.at): boolean {
  pattern.lastIndex = at;
  return pattern.test(reader.text);
}

/** Pairs every delimiter in one pass, so that no later step ever searches ahead. */
function findPartners(text: string): Int32Array {
  const partners = new Int32Array(text.length);
  const groups: number[] = [];
  let dollar = -1;
  let formula = -1;
  for (const { index, 0: mark } of text.matchAll(/\\[^]|[{}$]/g)) {
    if (mark === '{') groups.push(index);
    else if (mark === '}') partners[groups.pop() ?? index] = index;
    else if (mark === '$') {
      if (dollar >= 0) partners[dollar] = index;
      dollar = index;
    } else if (mark === '\\(' || mark === '\\[') formula = index;
    else if ((mark === '\\)' || mark === '\\]') && formula >= 0) {
      partners[formula] = index;
      formula = -1;
    }
  }
  return partners;
}
