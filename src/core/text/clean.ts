/** Anything but printable ASCII without a doubled space: most titles never get past this test. */
const UNUSUAL = /[^ -~]| {2}/;
const SPACE = /(?:[^\S\uFEFF]|\u0085)+/g;

/**
 * What no reader sees and some senders abuse: controls, bidi marks, zero-width characters, soft
 * hyphens, variation selectors, tags, noncharacters and lone surrogates. Joiners go too, so a
 * family emoji falls apart into its members: the price of a rule without exceptions.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB]+/gu;

/**
 * Four diacritics of the kind that fits any letter are more than a language stacks (Vietnamese has
 * two); eight marks of any kind leave Burmese and Tibetan syllables whole. More is decoration that
 * runs over the neighbouring lines.
 */
const STACKED = /\p{M}{4}/u;
const DIACRITICS = /((?:(?=\p{Script=Inherited})\p{M}){4})(?:(?=\p{Script=Inherited})\p{M})+/gu;
const MARKS = /(\p{M}{8})\p{M}+/gu;

/** Single-spaced, trimmed, NFC text without invisible characters or towers of diacritics. */
export function clean(raw: string): string {
  if (!UNUSUAL.test(raw)) return raw.trim();
  const text = raw.replace(INVISIBLE, keepSpaces).normalize('NFC');
  const capped = STACKED.test(text) ? text.replace(DIACRITICS, '$1').replace(MARKS, '$1') : text;
  return capped.replace(SPACE, ' ').trim();
}

/** Tabs and line ends are controls as well, but they part words. */
function keepSpaces(invisible: string): string {
  return /[\t-\r\u0085]/.test(invisible) ? ' ' : '';
}
