import { readBackslash } from './backslash.ts';
import { DROPPED } from './commands.ts';
import { readDollar } from './formula.ts';
import { createReader, partnerOf, readAll, readInside, sees, take } from './reader.ts';
import type { Reader } from './reader.ts';
import { readScript } from './script-reader.ts';
import { restoreCommands } from './stripped.ts';

const RUN = /[^\\{}$^_~]+/y;
const LINK_REST = /(?:\\[_%&#~$]|[^\s\\{}$])*/y;
const SWITCH = /\{ *\\[A-Za-z]/y;
const DROPS = new RegExp(` ?${DROPPED}(?=[.,;:!?)\\]])|${DROPPED}`, 'g');
const MARKS = /https?:\/\/\S+|<?-{2,}>?|''|``|(?<![\w`])`(?! )[^`']{1,80}'(?!\w)/g;

/** One pass of LaTeX to readable text over clean text. Leaves spaces untidy. */
export function latexToText(text: string): string {
  const result = readAll(createReader(restoreCommands(text), readPiece));
  return result.replace(DROPS, '').replace(MARKS, toMark);
}

function readPiece(reader: Reader): string {
  switch (reader.text[reader.at]) {
    case '\\':
      return readBackslash(reader);
    case '{':
      return readGroup(reader);
    case '$':
      return reader.math ? skip(reader, '') : readDollar(reader);
    case '^':
    case '_':
      return readScript(reader);
    case '~':
      return readTie(reader);
    case '}':
      return skip(reader, /^\s?$/.test(reader.last) && !reader.math ? '}' : '');
    default:
      return readRun(reader);
  }
}

function skip(reader: Reader, result: string): string {
  reader.at += 1;
  return result;
}

/** A run of plain text; where it ends within a link, the whole link. */
function readRun(reader: Reader): string {
  const run = take(reader, RUN) ?? skip(reader, '');
  if (!run.slice(run.lastIndexOf(' ') + 1).includes('://')) return run;
  const rest = take(reader, LINK_REST) ?? '';
  reader.linkEnd = reader.at;
  return run + rest.replace(/\\(.)/g, '$1');
}

/** Braces group, and go; around a set or a piece of JSON they are text, and stay. */
function readGroup(reader: Reader): string {
  const open = reader.at;
  const close = partnerOf(reader);
  if (close === undefined) return skip(reader, reader.math ? '' : '{');
  const before = reader.last;
  const isLabel = reader.linkEnd === open;
  const isSwitch = sees(reader, SWITCH);
  const result = readInside(reader, open + 1, close);
  reader.at = close + 1;
  reader.symbolEnd = reader.at;
  if (reader.math) return result;
  if (isLabel) return '';
  if (/[A-Za-z]/.test(before) && result.includes(' ')) return ` ${result}`;
  if (/^https?:/.test(result)) return /\w/.test(before) ? ` ${result}` : result;
  if (result === '') return /[\s(]/.test(before) ? '{}' : '';
  return result.length > 1 && !isSwitch && /[,:"|]/.test(result) ? `{${result}}` : result;
}

/** LaTeX's tie is a space; before a number `~` is what it is anywhere else, "about". */
function readTie(reader: Reader): string {
  const before = reader.last;
  const next = reader.text[reader.at + 1] ?? '';
  reader.at += 1;
  if (reader.math) return ' ';
  if (before === '/' || next === '/') return '~';
  if (/[\d+.$-]/.test(next)) return /[\p{L}.)\]}]/u.test(before) ? ' ' : '~';
  return before === ' ' && next === ' ' ? '~' : ' ';
}

function toMark(mark: string, at: number, text: string): string {
  if (mark.startsWith('http')) return mark;
  if (mark === '``') return '“';
  if (mark === "''") return opensQuote(text, at) ? '“' : '”';
  if (mark.startsWith('`')) return `‘${mark.slice(1, -1)}’`;
  return toDash(mark, text.slice(Math.max(0, at - 1), at), text[at + mark.length] ?? '');
}

function opensQuote(text: string, at: number): boolean {
  return /^$|[\s(]/.test(text.slice(Math.max(0, at - 1), at)) && /\w/.test(text[at + 2] ?? '');
}

function toDash(mark: string, before: string, next: string): string {
  if (mark.startsWith('<') || mark.endsWith('>')) return toArrow(mark);
  if (mark.length > 2) return '—';
  return before === ' ' && /\p{L}/u.test(next) ? '– ' : '–';
}

function toArrow(mark: string): string {
  if (!mark.endsWith('>')) return '←';
  return mark.startsWith('<') ? '↔' : '→';
}
