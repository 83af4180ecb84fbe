import { parseQuery, STOP_WORDS, toWords, type QueryTerm } from '../query.ts';

/** One query as FTS5 expressions: the strict one first; the loose one finds the rest. */
export interface MatchExpressions {
  /** Every term. */
  readonly all: string;
  /** Any word of the terms; names asked for by `author:` and `org:` stay required. */
  readonly any: string;
}

const COLUMNS: Readonly<Record<Exclude<QueryTerm['field'], 'text'>, string>> = {
  author: 'authors',
  org: 'organization',
};

/** What FTS5's tokenizer also takes for parts of words; everything else parts them. */
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * A query in FTS5's own language, or undefined when there is nothing to look for. Any text is safe:
 * only letters and digits are kept, and all of them stand inside quotes, so nothing of FTS5's
 * syntax is left.
 */
export function toMatchExpressions(query: string): MatchExpressions | undefined {
  const terms = parseQuery(query);
  if (terms.length === 0) return undefined;
  const names = terms.flatMap(({ field, text }) =>
    field === 'text' ? [] : [`${COLUMNS[field]} : ${quote(text)}`],
  );
  const texts = terms.filter(({ field }) => field === 'text').map(({ text }) => text);
  const words = texts.flatMap(wordsOf).filter(isTelling);
  const all = [...names, ...texts.map(quote)].join(' AND ');
  // A phrase of words that tell nothing (“of the”) has no looser form, and FTS5 takes no empty one.
  return { all, any: [...names, ...anyOf(words)].join(' AND ') || all };
}

/** The words side by side, as one phrase. */
function quote(text: string): string {
  return `"${wordsOf(text).join(' ')}"`;
}

/** The words as they stand, else those of letters in disguise, such as ⓐ or a CJK radical. */
function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? text.normalize('NFKC').match(WORD) ?? [];
}

function anyOf(words: readonly string[]): string[] {
  const distinct = [...new Set(words.map((word) => word.toLowerCase()))];
  return distinct.length === 0 ? [] : [`(${distinct.map(quote).join(' OR ')})`];
}

function isTelling(word: string): boolean {
  return toWords(word).some((folded) => !STOP_WORDS.has(folded));
}
