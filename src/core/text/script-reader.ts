import { partnerOf, readArgument, sees, take } from './reader.ts';
import type { Reader } from './reader.ts';
import { lower, raise } from './scripts.ts';

const NUMBER = /[-+−]?\d+|\([-+−]?\d+\)/y;
const RAISABLE =
  /\^(?:\\[A-Za-z]|[-+−]?\d|\([-+−]?\d+\)|[A-Za-z](?![a-z])|[*+]|\p{Script=Greek})/uy;
const LOWERABLE = /_(?:\d+(?:\.\d+)?|[A-Za-z]|\p{Script=Greek})(?![A-Za-z\d_])/uy;
const LOWERABLE_NUMBER = /\d+(?:\.\d+)?/y;

/**
 * Reads `^2`, `^{th}`, `_i`. In a formula they always are scripts. In running text `^` nearly
 * always is, while `_` is one only after a single letter (`f_i`, `π_0`), never in `tool_call`.
 */
export function readScript(reader: Reader): string {
  const mark = reader.text[reader.at] ?? '';
  const raised = mark === '^';
  const isScript = reader.math || (raised ? isRaised(reader) : isLowered(reader));
  reader.at += 1;
  if (!isScript || reader.at >= reader.end) return reader.math ? '' : mark;
  const content = readContent(reader, raised);
  reader.symbolEnd = reader.at;
  return raised ? raise(content) : lower(content);
}

function isRaised(reader: Reader): boolean {
  return opensGroup(reader) || sees(reader, RAISABLE);
}

function isLowered(reader: Reader): boolean {
  if (opensGroup(reader)) return true;
  if (reader.symbolEnd !== reader.at && !followsSingleLetter(reader)) return false;
  return sees(reader, LOWERABLE) || sees(reader, /_\\[A-Za-z]/y);
}

function opensGroup(reader: Reader): boolean {
  return reader.text[reader.at + 1] === '{' && partnerOf(reader, reader.at + 1) !== undefined;
}

function followsSingleLetter({ text, at }: Reader): boolean {
  return /\p{L}/u.test(text[at - 1] ?? '') && !/[\p{L}\d_/.@\\-]/u.test(text[at - 2] ?? '');
}

function readContent(reader: Reader, raised: boolean): string {
  const number = take(reader, raised ? NUMBER : LOWERABLE_NUMBER);
  return number?.replace(/^\((.*)\)$/, '$1') ?? readArgument(reader);
}
