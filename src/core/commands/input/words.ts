import { shorten } from '../../text/index.ts';

/** How much of a reader's own words an answer repeats, in UTF-16 units. */
const SAID_MAX = 60;

/**
 * A reader's text on one line: trimmed, single-spaced, without control characters. Bidi marks,
 * zero-width characters and halves of surrogate pairs go too, since they would garble the reply
 * that quotes them.
 */
export function clean(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** What a reader wrote, in quotes and not too long, for an answer that refers to it. */
export function said(text: string): string {
  return `“${shorten(clean(text), SAID_MAX)}”`;
}
