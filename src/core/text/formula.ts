import { partnerOf, readInside } from './reader.ts';
import type { Reader } from './reader.ts';

/** Longer than any formula in a real abstract; two far dollars are prices. */
const LONGEST = 500;
const LATEX = /[\\^_{]/;
const PROSE = /(?:^|\s)[A-Za-z]{2,}(?:\s|$)/;

/** Reads `$…$` or `$$…$$` where it is a formula; else the dollar is money and stays. */
export function readDollar(reader: Reader): string {
  const { text, at } = reader;
  const width = text[at + 1] === '$' ? 2 : 1;
  const from = at + width;
  const close = partnerOf(reader, from - 1);
  const closed = close !== undefined && close > from && (width === 1 || text[close + 1] === '$');
  if (!closed || (width === 1 && !isFormula(reader, from, close))) {
    reader.at = from;
    return text.slice(at, from);
  }
  const result = readMath(reader, from, close);
  reader.at = close + width;
  reader.symbolEnd = reader.at;
  return result;
}

/** Reads from `from` to `to` as a formula. */
export function readMath(reader: Reader, from: number, to: number): string {
  return readInside(reader, from, to, true).replaceAll("'", '′').trim();
}

/**
 * A formula's dollars hug it (`$n$`), and no digit follows: "costs $5 and $10" has none. Without
 * any LaTeX inside it must not read like prose either.
 */
function isFormula({ text, at }: Reader, from: number, close: number): boolean {
  if (close - from > LONGEST) return false;
  const content = text.slice(from, close);
  const hugged = !content.startsWith(' ') && !content.endsWith(' ');
  const digitFollows = /\d/.test(text[close + 1] ?? '');
  if (LATEX.test(content)) return hugged || !digitFollows;
  const letterPrecedes = /[A-Za-z]/.test(text[at - 1] ?? '');
  return (
    hugged && !digitFollows && !letterPrecedes && !/[/([,;:]$/.test(content) && !PROSE.test(content)
  );
}
