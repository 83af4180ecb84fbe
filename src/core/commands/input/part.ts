import type { CommandArg } from '../command.ts';

/** A word as it was typed, and what it says. */
export interface Part {
  readonly value: string;
  readonly raw: string;
  readonly quoted: boolean;
}

/** Some words, the arguments that they may be, and how many words of the line that takes. */
export interface Piece {
  readonly parts: readonly Part[];
  readonly args: readonly CommandArg[];
  readonly takes: number;
}

/** The most words that are tried as one value: `monday, tuesday, wednesday and friday`. */
const MOST_WORDS = 6;

/** As many of the next words as fit an argument. */
export function mostFitting(
  words: readonly Part[],
  args: readonly CommandArg[],
  fit: (arg: CommandArg, parts: readonly Part[]) => boolean = fits,
): Piece | undefined {
  for (let takes = Math.min(words.length, MOST_WORDS); takes > 0; takes -= 1) {
    const parts = withoutComma(words.slice(0, takes));
    const fitted = args.filter((arg) => fit(arg, parts));
    if (fitted.length > 0) return { parts, args: fitted, takes };
  }
  return undefined;
}

/** The most words of a value, a piece at a time: seven days by their names have eight. */
const MOST_OF_VALUE = 24;

/** Whether these words, all of them, can be the value of the argument. */
export function fits({ fits: own, choices = [] }: CommandArg, parts: readonly Part[]): boolean {
  if (parts.length > MOST_OF_VALUE) return false;
  const value = wordsOf(parts);
  return own?.(value) ?? choices.some((choice) => choice.toLowerCase() === value.toLowerCase());
}

export function wordsOf(parts: readonly Part[]): string {
  return parts.map(({ value }) => value).join(' ');
}

/** Whether a comma or semicolon ends the word, outside of quotes. */
export function endsList(part: Part | undefined): boolean {
  return part !== undefined && !part.quoted && /[,;]$/.test(part.value);
}

/** The words without the comma that ends the last one. */
export function withoutComma(parts: readonly Part[]): readonly Part[] {
  return parts.map((part, index) => {
    if (index < parts.length - 1 || !endsList(part)) return part;
    return { ...part, value: part.value.slice(0, -1), raw: part.raw.slice(0, -1) };
  });
}

/** Whether the argument may be called that. */
export function isNameOf({ name, aliases = [] }: CommandArg, word: string): boolean {
  return [name, ...aliases].includes(word.toLowerCase());
}

export function isQuoted({ quoted, raw }: Part): boolean {
  return quoted || raw.includes('"');
}

/** Whether its values are among a few words. */
export function isChoice({ choices }: CommandArg): boolean {
  return choices !== undefined;
}
