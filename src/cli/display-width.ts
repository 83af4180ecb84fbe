const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\u{FE0F}|\p{Regional_Indicator}{2}/u;

/**
 * What Unicode calls wide or fullwidth, by block:
 * https://www.unicode.org/Public/16.0.0/ucd/EastAsianWidth.txt
 */
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}]/u;

/** Marks and joiners that take no column of their own. */
const NOTHING = /^[\p{M}\p{Cf}]+$/u;

/** What a reader sees as single characters. */
export function toGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Whether this grapheme takes two columns: CJK and emoji. */
export function isWide(grapheme: string): boolean {
  return WIDE.test(grapheme) || EMOJI.test(grapheme);
}

/** How many columns a terminal needs for this text, which holds no control characters. */
export function displayWidth(text: string): number {
  return toGraphemes(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0);
}

function widthOf(grapheme: string): number {
  if (isWide(grapheme)) return 2;
  return NOTHING.test(grapheme) ? 0 : 1;
}
