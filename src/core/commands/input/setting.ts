import type { CommandArg } from '../command.ts';
import { isSlip } from '../nearest.ts';
import { isFree, named, pieceOf, withNext, type Line } from './line.ts';
import {
  endsList,
  fits,
  isChoice,
  isQuoted,
  mostFitting,
  withoutComma,
  wordsOf,
  type Part,
  type Piece,
} from './part.ts';
import { isBesideChoice, isSure, isTrusted, trustOf } from './trust.ts';

/** How many words are looked at to tell what the next one is. */
export const AHEAD = 24;

/** More than twenty topics have, so that a long paste costs no more. */
const MOST_TOPIC_WORDS = 100;

/** A number may end a topic: `llama 3`. */
const NUMBER = /^[\d.]+$/;

/**
 * The setting that the words begin with. Words that are as often something else are one only where
 * they stand alone between commas or among other settings: `early`, not `early exit networks`. Two
 * choices are settings to each other: `compact early`.
 */
export function nextSetting(words: readonly Part[], line: Line): Piece | undefined {
  const found = named(words, line);
  if (found !== undefined) return found;
  const piece = fittingIn(words, line) ?? claimed(words, line);
  if (piece === undefined) return undefined;
  return isMeant(piece, words, line) ? piece : undefined;
}

/** How many of the words are a topic: up to the first that begin settings. */
export function topicEnd(words: readonly Part[], line: Line): number {
  const most = Math.min(words.length, MOST_TOPIC_WORDS);
  for (let at = 1; at < most; at += 1) {
    const left = words.slice(at, at + AHEAD);
    if (beginsSettings(left, { ...line, beside: false }, endsList(words[at - 1]))) return at;
  }
  return words.length;
}

/** Whether only settings follow, to the next comma or the end. After topic words, only sure ones begin. */
function beginsSettings(words: readonly Part[], start: Line, afterComma: boolean): boolean {
  let line = start;
  for (let left = words; left.length > 0;) {
    const isFirst = left === words;
    const piece = isFirst ? firstAfterTopic(left, line, afterComma) : nextSetting(left, line);
    if (piece === undefined) return false;
    if (endsList(left[piece.takes - 1])) return true;
    line = withNext(line, piece);
    left = left.slice(piece.takes);
  }
  return true;
}

function firstAfterTopic(words: readonly Part[], line: Line, afterComma: boolean) {
  const own = named(words, line);
  if (own !== undefined) return own;
  const piece = fittingIn(words, line);
  if (piece === undefined) return undefined;
  if (afterComma) return isMeant(piece, words, line) ? piece : undefined;
  return endsTopic(piece, words, line) ? piece : undefined;
}

/** Whether no topic goes on with these words, if only settings follow. */
function endsTopic(piece: Piece, words: readonly Part[], line: Line): boolean {
  if (isSure(piece, line)) return !NUMBER.test(wordsOf(piece.parts));
  if (piece.parts.some(isQuoted)) return false;
  return isTrusted(piece, line, 'after') || choiceBeside(piece, words, line) !== undefined;
}

/** As many words as fit a free argument, or fit well with what one has already: `monday … and friday`. */
function fittingIn(words: readonly Part[], line: Line): Piece | undefined {
  return mostFitting(words, line.args, (arg, parts) => {
    if (line.given.has(arg.name) || !fits(arg, parts)) return false;
    if (trustOf(arg, parts, line) === 'never') return false;
    const earlier = pieceOf(arg, line);
    return earlier === undefined || fits(arg, [...earlier.parts, ...parts]);
  });
}

/** A word that is meant for an argument and no good there: its own error says best what is wrong. */
function claimed(words: readonly Part[], line: Line): Piece | undefined {
  const parts = withoutComma(words.slice(0, 1));
  const [word] = parts;
  if (word === undefined || word.quoted) return undefined;
  const claiming = line.args.filter((arg) => {
    const isIts = fits(arg, parts) || (isFree(arg, line) && claims(arg, word.value));
    return isIts && trustOf(arg, parts, line) !== 'never';
  });
  const arg = claiming.find((each) => isFree(each, line)) ?? claiming[0];
  return arg && { parts, args: [arg], takes: 1 };
}

function claims({ claims: own, choices = [] }: CommandArg, value: string): boolean {
  return own?.(value) ?? isSlip(value, choices);
}

function isMeant(piece: Piece, words: readonly Part[], line: Line): boolean {
  if (isSure(piece, line)) return true;
  if (piece.parts.some(isQuoted)) return false;
  const rest = words.slice(piece.takes);
  const isLast = rest.length === 0 || endsList(words[piece.takes - 1]);
  const follows = !isLast && nextSetting(rest, withNext(line, piece)) !== undefined;
  // Alone, capitals are more often a field of research: SAT, CT.
  const isField = /^[A-Z]+$/.test(wordsOf(piece.parts));
  if (isLast || follows) return !isField || follows || line.beside === true;
  return isTrusted(piece, line, 'after') && isBesideChoice(piece, line);
}

/** The choice that follows a choice directly. */
function choiceBeside(piece: Piece, words: readonly Part[], line: Line): Piece | undefined {
  if (!piece.args.every(isChoice) || endsList(words[piece.takes - 1])) return undefined;
  const next = fittingIn(words.slice(piece.takes), withNext(line, piece));
  return next?.args.every(isChoice) === true ? next : undefined;
}
