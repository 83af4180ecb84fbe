import type { CommandArg } from '../command.ts';
import {
  fits,
  isChoice,
  isNameOf,
  isQuoted,
  mostFitting,
  withoutComma,
  type Part,
  type Piece,
} from './part.ts';

/** What a line has said so far. */
export interface Line {
  readonly args: readonly CommandArg[];
  /** The names of the arguments that were given with their names. */
  readonly given: ReadonlySet<string>;
  readonly pieces: readonly Piece[];
  /** Whether the next word follows a piece with no comma between. */
  readonly beside?: boolean;
}

export function withNext(line: Line, piece: Piece): Line {
  return { ...line, pieces: [...line.pieces, piece], beside: true };
}

/** `timezone Berlin`, or `early mode`. */
export function named(words: readonly Part[], line: Line): Piece | undefined {
  return afterName(words, line) ?? beforeName(words, line);
}

/** A choice, and the name of its argument. */
function beforeName([value, ...names]: readonly Part[], line: Line): Piece | undefined {
  const [name] = withoutComma(names.slice(0, 1));
  if (value === undefined || name === undefined || isQuoted(value)) return undefined;
  const arg = line.args.find(
    (each) => !each.required && isChoice(each) && isFree(each, line) && isNameOf(each, name.value),
  );
  return arg && fits(arg, [value]) ? { parts: [value], args: [arg], takes: 2 } : undefined;
}

/** The name of an argument, and words that can be its value. */
function afterName([name, ...words]: readonly Part[], line: Line): Piece | undefined {
  const arg = line.args.find((each) => isFree(each, line) && isNameOf(each, name?.value ?? ''));
  const piece = arg === undefined ? undefined : mostFitting(words, [arg]);
  return piece && { ...piece, takes: 1 + piece.takes };
}

export function isFree(arg: CommandArg, line: Line): boolean {
  return !line.given.has(arg.name) && pieceOf(arg, line) === undefined;
}

/** The piece that is this argument for sure. */
export function pieceOf(arg: CommandArg, { pieces }: Line): Piece | undefined {
  return pieces.find(({ args }) => args.length === 1 && args[0] === arg);
}
