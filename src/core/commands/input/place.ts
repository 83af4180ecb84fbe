import { UserError } from '../../errors.ts';
import type { CommandArg } from '../command.ts';
import { fillerIn, withoutPlease } from './filler.ts';
import { pieceOf, type Line } from './line.ts';
import { endsList, fits, wordsOf, withoutComma, type Part, type Piece } from './part.ts';
import { AHEAD, nextSetting, topicEnd } from './setting.ts';
import { said } from './words.ts';

/** The words of each argument that was named or has found its words. */
export type Placed = Map<string, readonly Part[]>;

/**
 * Gives words without a name to the arguments that are free: words that can be one thing alone
 * first, then those that may be several (`9`), in the order of `args`; what fits nothing goes to
 * the next argument that takes any words, up to where words fit again. Throws `UserError`, which
 * ends in `usage`, for the rest.
 */
export function place(
  words: readonly Part[],
  placed: Placed,
  args: readonly CommandArg[],
  usage: string,
): void {
  const start = { args, given: new Set(placed.keys()), pieces: [] };
  const pieces = toPieces(withoutPlease(words, args), start, usage);
  for (const { args: options, parts } of pieces.toSorted(bySureness)) {
    const arg = options.find(({ name }) => !placed.has(name));
    if (arg === undefined) throw unknown(parts, usage);
    placed.set(arg.name, parts);
  }
}

function bySureness(one: Piece, other: Piece): number {
  return Math.min(one.args.length, 2) - Math.min(other.args.length, 2);
}

function toPieces(words: readonly Part[], start: Line, usage: string): readonly Piece[] {
  let line = start;
  // Each piece needs an argument of its own, so one more than there are can't be placed.
  for (let left = words; left.length > 0 && line.pieces.length <= line.args.length;) {
    const known = allAfterName(left, line) ?? nextSetting(left.slice(0, AHEAD), line);
    const filler = known === undefined ? fillerIn(left, line) : 0;
    left = left.slice(filler);
    if (filler > 0) continue;
    const piece = known ?? anything(left, line, usage);
    line = { ...line, pieces: withPiece(line, piece), beside: !endsList(left[piece.takes - 1]) };
    left = left.slice(piece.takes);
  }
  return line.pieces;
}

/** `topics agents, video generation`: the name of an argument that takes all that follows. */
function allAfterName([name, ...words]: readonly Part[], line: Line): Piece | undefined {
  const arg = openTakers(line).find(({ rest }) => rest === true);
  if (arg === undefined || arg.required || words.length === 0) return undefined;
  if (arg.name !== name?.value.toLowerCase()) return undefined;
  return { parts: words, args: [arg], takes: 1 + words.length };
}

/** More words of an argument join those that it has. Throws `UserError` where they can't. */
function withPiece(line: Line, piece: Piece): readonly Piece[] {
  const [arg] = piece.args;
  if (arg === undefined || piece.args.length > 1) return [...line.pieces, piece];
  const earlier = pieceOf(arg, line);
  if (earlier === undefined && !line.given.has(arg.name)) return [...line.pieces, piece];
  const parts = [...(earlier?.parts ?? []), ...piece.parts];
  if (earlier === undefined || !(arg.rest === true || fits(arg, parts))) {
    throw new UserError(`${arg.name} is given twice. Give it once.`);
  }
  return line.pieces.map((each) => (each === earlier ? { ...piece, parts } : each));
}

/**
 * The next argument of those that take any words, or else the first one; more words for the last
 * that took some where none is left. Throws `UserError` where there is none, or the words are no good.
 */
function anything(words: readonly Part[], line: Line, usage: string): Piece {
  const takers = openTakers(line);
  const last = line.args.findLast((each) => takesAny(each) && pieceOf(each, line) !== undefined);
  const later = last === undefined ? line.args : line.args.slice(line.args.indexOf(last) + 1);
  const arg =
    takers.find((each) => later.includes(each)) ??
    takers[0] ??
    line.args.find((each) => each.rest === true && each === last);
  if (arg === undefined) throw unknown(words, usage);
  const takes = arg.rest === true ? topicEnd(words, line) : 1;
  const parts = words.slice(0, takes).map((part) => (arg.list === true ? asTyped(part) : part));
  const instead = arg.instead?.(wordsOf(withoutComma(parts)));
  if (instead !== undefined) throw unknown(words, instead === '' ? usage : instead);
  return { parts, args: [arg], takes };
}

/** In a list quotes keep together what a comma would part. */
function asTyped(part: Part): Part {
  return { ...part, quoted: false };
}

function openTakers({ args, given, pieces }: Line): CommandArg[] {
  const taken = new Set(pieces.flatMap((piece) => (piece.args.length === 1 ? piece.args : [])));
  return args.filter((arg) => takesAny(arg) && !given.has(arg.name) && !taken.has(arg));
}

function takesAny({ required, fits: own, choices }: CommandArg): boolean {
  return required || (own === undefined && choices === undefined);
}

function unknown([word]: readonly Part[], usage: string): UserError {
  return new UserError(`I don’t know what ${said(word?.value ?? '')} is for. ${usage}`);
}
