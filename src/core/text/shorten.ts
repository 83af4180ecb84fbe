const ELLIPSIS = '…';
const ASCII = /^[ -~]*$/;
/** A cut text must not end in a space or in a mark that opens or joins. */
const LOOSE_END = /[\s,;:–—([{“‘-]/u;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text in at most `max` UTF-16 units, cut after a whole word and ended by `…`. Where that
 * would lose more than half of the room (a long word, a script without spaces) it is cut between
 * two characters as readers see them: never inside an emoji, an accented letter or a surrogate
 * pair. Text that fits is unchanged. A `max` below 1 leaves nothing.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = Math.floor(max) - ELLIPSIS.length;
  if (!(room >= 0)) return '';
  const breaks = characterBreaks(text, room);
  const last = breaks.at(-1) ?? 0;
  const word = breaks.findLast((at) => /\s/.test(text[at] ?? '')) ?? 0;
  const end = word > room / 2 ? word : last;
  const cut = breaks.findLast((at) => at <= end && !LOOSE_END.test(text[at - 1] ?? '')) ?? 0;
  return text.slice(0, cut) + ELLIPSIS;
}

/** Where the text may be cut, from 0 up to `room`, without breaking what readers see as one. */
function characterBreaks(text: string, room: number): number[] {
  // What follows the last break decides whether it is one, so look one code point further.
  const head = text.slice(0, room + 2);
  if (ASCII.test(head)) return Array.from({ length: room + 1 }, (_, at) => at);
  const starts = Array.from(GRAPHEMES.segment(head), ({ index }) => index);
  return starts.filter((at) => at <= room);
}
