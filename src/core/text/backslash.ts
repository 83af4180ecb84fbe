import { COMMANDS, LOOKS, SPACES } from './commands.ts';
import type { CommandForm } from './commands.ts';
import { readMath } from './formula.ts';
import { partnerOf, readArgument, readRaw, sees, take } from './reader.ts';
import type { Reader } from './reader.ts';
import { LETTERS, OPERATORS, SHORTHANDS, SYMBOLS } from './symbols.ts';

const NAME = /[A-Za-z]+/y;
const DRIVE_PATH = /\\[^\s{}$]*/y;
const LINE_BREAK_LENGTH = /\*?(?:\[-?[\d.]+ ?[a-z]{2}\])?/y;
const PRICE = /\d+(?![\d)])/y;
const CONTRACTION = /(?:s|t|re|ll|ve|d|m)(?![A-Za-z])/y;
const SPACING = new Map([
  [' ', ' '],
  [',', ' '],
  [';', ' '],
  [':', ' '],
  ['>', ' '],
  ['\\', ' '],
  ['!', ''],
  ['/', ''],
  ['-', ''],
  ['@', ''],
  ['|', '‖'],
]);

/** Reads what a backslash opens: a command, an escaped character, an accent, a formula. */
export function readBackslash(reader: Reader): string {
  if (isDrivePath(reader)) return take(reader, DRIVE_PATH) ?? '';
  reader.at += 1;
  if (reader.at >= reader.end) return '';
  const name = take(reader, NAME);
  if (name !== undefined) return readCommand(reader, name);
  const char = take(reader, /[^]/uy) ?? '';
  if (char === '\\') take(reader, LINE_BREAK_LENGTH);
  if (char === '(' || char === '[') return readParenthesized(reader, char);
  if (/\d/.test(char)) return readPrice(reader, char);
  return SPACING.get(char) ?? readAccent(reader, char) ?? char;
}

/** `C:\papers` is no LaTeX. */
function isDrivePath({ text, at, math }: Reader): boolean {
  return !math && /(?:^|[^A-Za-z])[A-Z]:$/.test(text.slice(Math.max(0, at - 3), at));
}

function readParenthesized(reader: Reader, char: string): string {
  const close = partnerOf(reader, reader.at - 2);
  if (close === undefined) return char;
  const result = readMath(reader, reader.at, close);
  reader.at = close + 2;
  return result;
}

/** `\$1 million` arrives from Hugging Face as `\1 million`. */
function readPrice(reader: Reader, digit: string): string {
  const start = reader.at - 1;
  const wasPrice = !/\w/.test(reader.last) && sees(reader, PRICE, start);
  return wasPrice ? `$${digit}` : digit;
}

function readAccent(reader: Reader, char: string): string | undefined {
  const form = COMMANDS.get(char);
  if (form === undefined) return undefined;
  if (char === "'" && /\p{L}/u.test(reader.last) && sees(reader, CONTRACTION)) return char;
  if (!sees(reader, /\p{L}|\\[ij]|\{/uy)) return char;
  return form.render([readArgument(reader)], reader.last) || char;
}

function readCommand(reader: Reader, name: string): string {
  const letter = LETTERS.get(name);
  if (letter !== undefined) return endSymbol(reader, letter, / |\{\}/y);
  const form = COMMANDS.get(name);
  if (form !== undefined && takesArgument(reader, name, form)) return readForm(reader, form);
  if (name === 'sim') return readSimilar(reader);
  if (name === 'deg') return endSymbol(reader, /\d/.test(reader.last) ? '°' : 'deg');
  const symbol = SYMBOLS.get(name);
  if (symbol !== undefined) return endSymbol(reader, symbol);
  if (OPERATORS.has(name)) return readOperator(reader, name);
  if (SPACES.has(name)) return ' ';
  if (LOOKS.has(name)) return readLooks(reader, name);
  return readUnknown(reader, name);
}

/** A one-letter accent without a letter after it is something else, such as `\d+`. */
function takesArgument(reader: Reader, name: string, form: CommandForm): boolean {
  if (name.length > 1 || form.args[0] === 'raw') return true;
  return sees(reader, /\{/y) || ('cvHkr'.includes(name) && sees(reader, / [A-Za-z]/y));
}

function readForm(reader: Reader, form: CommandForm): string {
  const before = reader.last;
  take(reader, /\*/y);
  const optional = take(reader, /\[[^\][{}]{0,100}\]/y);
  const args = form.args.map((kind) => readArgumentAs(reader, kind));
  const kept = form.optional === 'kept' ? [optional?.slice(1, -1) ?? ''] : [];
  return form.render([...kept, ...args], before);
}

function readArgumentAs(reader: Reader, kind: CommandForm['args'][number]): string {
  if (kind === 'raw') return readRaw(reader);
  return kind === 'text' || sees(reader, /\{/y) ? readArgument(reader) : '';
}

/** Before a number it means "about", and between two "to": readers know both as `~`. */
function readSimilar(reader: Reader): string {
  const parted = /[\d%] $/.test(reader.text.slice(Math.max(0, reader.at - 6), reader.at - 4));
  const beforeNumber = sees(reader, /(?:\{\}|\})? ?\$? ?[+-]?\d/y);
  if (!beforeNumber || /[\p{L}.)\]}]/u.test(reader.last)) return endSymbol(reader, '∼');
  return endSymbol(reader, '~', parted ? /\{\}/y : /(?:\{\})? ?/y);
}

function endSymbol(reader: Reader, symbol: string, ending = /\{\}/y): string {
  take(reader, ending);
  reader.symbolEnd = reader.at;
  return symbol;
}

function readOperator(reader: Reader, name: string): string {
  const start = /[\p{L}\p{N})]/u.test(reader.last) ? ' ' : '';
  take(reader, /\{\}/y);
  reader.symbolEnd = reader.at;
  return start + name + (sees(reader, /[{\\]/y) ? ' ' : '');
}

function readLooks(reader: Reader, name: string): string {
  take(reader, /\*/y);
  if ((name === 'left' || name === 'right') && take(reader, /\./y) !== undefined) return '';
  if (sees(reader, / *\{/y)) return readArgument(reader);
  take(reader, / /y);
  return '';
}

/** A command of the paper's own: its argument, else its name, which often is the method's. */
function readUnknown(reader: Reader, name: string): string {
  const shorthand = SHORTHANDS.get(name);
  if (shorthand !== undefined) {
    take(reader, /\{\}/y);
    take(reader, /\./y);
    return shorthand;
  }
  if (!sees(reader, /\{/y)) return name;
  return readArgument(reader) || name;
}
