import { clean } from './clean.ts';
import { latexToText } from './latex.ts';

/**
 * What LaTeX, or what is left of it, needs at the least. Bare `_` is no sign: it is common in
 * links and names, and means a script only after a single letter or before a group.
 */
const SIGNS =
  /[\\$^{}~`_]|--|''|\dtimes|\d times \d|arrow|infty|propto|[lgn]eq|cdot|ldots|varepsilon|sim ?\+?\d|approx|pm ?\d|boldsymbol/;

/** Real papers settle in two passes: one that converts, one that finds nothing more. */
const PASSES = 6;

/**
 * Plain text for readers: LaTeX in readable form, single-spaced, trimmed, NFC, without control,
 * bidi, zero-width or other invisible characters. Text without LaTeX stays as it is. Never longer
 * than 4/3 of the input's NFC form (only `\eg` grows, to "e.g."), and a fixed point: converting
 * twice gives the same. Takes time in proportion to the length, whatever the input.
 */
export function toPlainText(raw: string): string {
  const text = clean(raw);
  return settle(text) ?? settle(withoutSigns(text)) ?? '';
}

/** Converts until nothing changes, or gives up on text that was made to keep changing. */
function settle(start: string): string | undefined {
  let text = start;
  for (let pass = 0; pass <= PASSES; pass += 1) {
    if (!SIGNS.test(text)) return text;
    const next = clean(latexToText(text));
    if (next === text) return text;
    text = next;
  }
  return undefined;
}

function withoutSigns(text: string): string {
  return clean(text.replace(/[\\$^{}~`_]+|-{2,}|'{2,}/g, ' '));
}
