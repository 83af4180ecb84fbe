/** One word of a command line, or several in quotes. */
export interface Token {
  /** What is meant: quotes and escapes taken away. */
  readonly value: string;
  /** As written, with straight quotes. */
  readonly raw: string;
  /** Where in `value` the quoted run starts that reaches its end; 0 when all of it was quoted. */
  readonly quotedFrom?: number;
}

// Phones turn straight quotes into curly ones, and not always in pairs.
const DOUBLE = '"“”„';
const SINGLE = "'‘’";

/** Surely one word, and no flag: a colon only as in 09:00, and no comma at the end. */
const PLAIN = /^(?!-)(?:[\w.,/+-]|(?<=\d):(?=\d))+(?<!,)$/;

/**
 * Splits a line at white space, keeping what stands in quotes together. A quote opens only at the
 * start of a word or after `:` or `=`, so that apostrophes and inches stay what they are; a single
 * quote closes only at a word's end. Within quotes a backslash takes the next quote or backslash
 * literally. A double quote that nothing closes is dropped. Takes any string.
 */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line, at)) {
      at += 1;
    } else {
      const { token, end } = readToken(line, at);
      if (token.value !== '' || token.quotedFrom !== undefined) tokens.push(token);
      at = end;
    }
  }
  return tokens;
}

function readToken(line: string, start: number): { token: Token; end: number } {
  let value = '';
  let raw = '';
  let quotedFrom: number | undefined;
  let end = start;
  while (end < line.length && !isSpace(line, end)) {
    const run = mayOpen(line, start, end) ? readQuoted(line, end) : undefined;
    quotedFrom = run === undefined ? undefined : value.length;
    if (run === undefined) {
      const dropped = mayOpen(line, start, end) && DOUBLE.includes(line.charAt(end));
      value += dropped ? '' : line.charAt(end);
      raw += dropped ? '' : line.charAt(end);
    } else {
      value += run.content;
      raw += `"${run.content}"`;
    }
    end = run?.end ?? end + 1;
  }
  return { token: { value, raw, ...(quotedFrom !== undefined && { quotedFrom }) }, end };
}

function mayOpen(line: string, start: number, at: number): boolean {
  return at === start || ':='.includes(line.charAt(at - 1));
}

function readQuoted(line: string, start: number): { content: string; end: number } | undefined {
  const family = [DOUBLE, SINGLE].find((quotes) => quotes.includes(line.charAt(start)));
  if (family === undefined) return undefined;
  let content = '';
  for (let at = start + 1; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\' && isEscapable(line.charAt(at + 1))) {
      at += 1;
      content += line.charAt(at);
    } else if (family.includes(char) && (family === DOUBLE || endsWord(line, at + 1))) {
      return { content, end: at + 1 };
    } else {
      content += char;
    }
  }
  return undefined;
}

function isEscapable(char: string): boolean {
  return char !== '' && `${DOUBLE}${SINGLE}\\`.includes(char);
}

function endsWord(line: string, at: number): boolean {
  return at >= line.length || isSpace(line, at) || line.charAt(at) === ',';
}

function isSpace(line: string, at: number): boolean {
  return /\s/.test(line.charAt(at));
}

/** The word or phrase as `tokenize` reads it back: quoted where it has to be. */
export function quote(value: string): string {
  if (PLAIN.test(value)) return value;
  return `"${value.replace(/["“”„\\]/g, '\\$&')}"`;
}
