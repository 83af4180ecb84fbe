import type { CommandArg, Trust } from '../command.ts';
import type { Line } from './line.ts';
import { isChoice, wordsOf, type Part, type Piece } from './part.ts';

export function isSure(piece: Piece, line: Line): boolean {
  return isTrusted(piece, line, 'sure');
}

export function isTrusted({ args, parts }: Piece, line: Line, trust: Trust): boolean {
  return args.some((arg) => trustOf(arg, parts, line) === trust);
}

export function trustOf(arg: CommandArg, parts: readonly Part[], { pieces }: Line): Trust {
  return arg.trust?.(wordsOf(parts), pieces.at(-1)?.args[0]?.name) ?? 'sure';
}

/** `compact early`: no topic begins with two of these. */
export function isBesideChoice({ args: [arg] }: Piece, { pieces, beside }: Line): boolean {
  const before = pieces.at(-1)?.args[0];
  return beside === true && before !== undefined && isChoice(before) && arg !== before;
}
