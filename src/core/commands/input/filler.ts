import type { CommandArg } from '../command.ts';
import type { Line } from './line.ts';
import { withoutComma, wordsOf, type Part } from './part.ts';
import { topicEnd } from './setting.ts';

/** Words that people put before topics, or among settings, and that are none of either. */
export const FILLER =
  /^(?:please|me|about|to|(?:papers?|digests?) (?:about|on|of))(?=[ ,]|$)|^an?(?= (?:daily|weekly) )|^(?:an?|the|on)$/i;

/** How many words come first that mean nothing: `me to agents`. */
export function fillerIn(words: readonly Part[], line: Line): number {
  const arg = line.args.find((each) => each.filler !== undefined && !line.given.has(each.name));
  const { filler } = arg ?? {};
  const found = (end: number) => filler?.exec(wordsOf(withoutComma(words.slice(0, end))))?.[0];
  // Looked at first, since it costs less than where the topic ends.
  if (words[0]?.quoted === true || (found(1) ?? found(3)) === undefined) return 0;
  return found(topicEnd(words, line))?.split(' ').length ?? 0;
}

/** Without a `please` at the end, which would hide settings before it. */
export function withoutPlease(
  words: readonly Part[],
  args: readonly CommandArg[],
): readonly Part[] {
  const last = words.at(-1);
  const isPolite = last?.quoted === false && /^please[.!]?$/i.test(last.value);
  return isPolite && args.some(({ filler }) => filler !== undefined) ? words.slice(0, -1) : words;
}
