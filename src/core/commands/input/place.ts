import { UserError } from '../../errors.ts';
import type { CommandArg } from '../command.ts';
import { isSlip } from '../nearest.ts';
import { said } from './words.ts';

/** A word as it was typed, and what it says. */
export interface Part {
  readonly value: string;
  readonly raw: string;
  readonly quoted: boolean;
}

/** The words of each argument that was named or has found its words. */
export type Placed = Map<string, Part[]>;

/** Some words, the arguments that they may be, and how many words of the line that takes. */
interface Piece {
  readonly parts: Part[];
  readonly args: readonly CommandArg[];
  readonly takes: number;
}

/** The most words that are tried as one value: `monday, tuesday, wednesday and friday`. */
const MOST_WORDS = 6;

/** With these begins a mention, or more of a schedule than we understand, and hardly a topic. */
const UNCLEAR =
  /^(?:[<#@].*|each|every|except|help|in|local|my|no|not|once|only|papers?|time|today|tomorrow|twice|weekly|without)$/i;

/**
 * Gives words without a name to the arguments that are free: words that can be one thing alone
 * first, then those that may be several (`9`), in the order of `args`; what fits nothing goes to
 * the next argument that takes any words. Throws `UserError`, which ends in `usage`, for the rest.
 */
export function place(
  words: readonly Part[],
  placed: Placed,
  args: readonly CommandArg[],
  usage: string,
): void {
  const pieces = toPieces(words, new Set(placed.keys()), args, usage);
  for (const { args: options, parts } of pieces.toSorted(bySureness)) {
    const arg = options.find(({ name }) => !placed.has(name));
    if (arg === undefined) throw unknown(parts, usage);
    placed.set(arg.name, parts);
  }
}

function bySureness(one: Piece, other: Piece): number {
  return Math.min(one.args.length, 2) - Math.min(other.args.length, 2);
}

function toPieces(
  words: readonly Part[],
  taken: Set<string>,
  args: readonly CommandArg[],
  usage: string,
): Piece[] {
  const pieces: Piece[] = [];
  let ordered = args;
  for (let left = words; left.length > 0;) {
    const open = args.filter(({ name }) => !taken.has(name));
    const meant = named(left, open) ?? fitting(left, open) ?? claimed(left, args, taken);
    const piece = meant ?? anything(left, open, ordered);
    if (piece === undefined) throw unknown(left, usage);
    const [sure] = piece.args.length === 1 ? piece.args : [];
    if (sure !== undefined) taken.add(sure.name);
    if (sure !== undefined && meant === undefined) ordered = args.slice(args.indexOf(sure) + 1);
    pieces.push(piece);
    left = left.slice(piece.takes);
  }
  return pieces;
}

/** `timezone Berlin`: the name of an argument, and words that can be its value. */
function named([name, ...words]: readonly Part[], open: readonly CommandArg[]): Piece | undefined {
  const arg = open.find((each) => isNameOf(each, name?.value ?? ''));
  if (arg === undefined || words.length === 0) return undefined;
  if (arg.rest === true && !arg.required) {
    return { parts: words, args: [arg], takes: 1 + words.length };
  }
  const piece = fitting(words, [arg]);
  return piece && { ...piece, takes: 1 + piece.takes };
}

/** Whether the argument may be called that. */
export function isNameOf({ name, aliases = [] }: CommandArg, word: string): boolean {
  return [name, ...aliases].includes(word.toLowerCase());
}

/** As many of the next words as fit an argument. */
function fitting(words: readonly Part[], open: readonly CommandArg[]): Piece | undefined {
  for (let takes = Math.min(words.length, MOST_WORDS); takes > 0; takes -= 1) {
    const parts = withoutComma(words.slice(0, takes));
    const value = parts.map((part) => part.value).join(' ');
    const args = open.filter((arg) => fits(arg, value));
    if (args.length > 0) return { parts, args, takes };
  }
  return undefined;
}

function fits({ fits: own, choices = [] }: CommandArg, value: string): boolean {
  return own?.(value) ?? choices.some((choice) => choice.toLowerCase() === value.toLowerCase());
}

function withoutComma(parts: readonly Part[]): Part[] {
  return parts.map((part, index) => {
    if (index < parts.length - 1 || part.quoted) return part;
    const [value, raw] = [part.value.replace(/[,;]$/, ''), part.raw.replace(/[,;]$/, '')];
    return { ...part, value, raw };
  });
}

/** A word that is meant for an argument and no good there: its own error says best what is wrong. */
function claimed(
  [word]: readonly Part[],
  args: readonly CommandArg[],
  taken: ReadonlySet<string>,
): Piece | undefined {
  const value = word?.value ?? '';
  if (word === undefined || word.quoted) return undefined;
  const claiming = args.filter((arg) => fits(arg, value) || claims(arg, value));
  const arg = claiming.find(({ name }) => !taken.has(name)) ?? claiming[0];
  if (arg === undefined) return undefined;
  if (taken.has(arg.name)) throw new UserError(`${arg.name} is given twice. Give it once.`);
  return { parts: [word], args: [arg], takes: 1 };
}

function claims({ claims: own, choices = [] }: CommandArg, value: string): boolean {
  return own?.(value) ?? isSlip(value, choices);
}

/** The next argument of those that take any words, or else the first one. */
function anything(
  words: readonly Part[],
  open: readonly CommandArg[],
  ordered: readonly CommandArg[],
): Piece | undefined {
  const takers = open.filter(
    ({ required, fits: own, choices }) => required || (own === undefined && choices === undefined),
  );
  const arg = takers.find((each) => ordered.includes(each)) ?? takers[0];
  const isUnclear = takers.length < open.length && UNCLEAR.test(words[0]?.value ?? '');
  if (arg === undefined || (isUnclear && !arg.required)) return undefined;
  const takes = arg.rest === true ? words.length : 1;
  return { parts: words.slice(0, takes), args: [arg], takes };
}

function unknown([word]: readonly Part[], usage: string): UserError {
  return new UserError(`I don’t know what ${said(word?.value ?? '')} is for. ${usage}`);
}
