import { sql } from 'kysely';
import { isSlip, nearest } from '../commands/nearest.ts';
import { parseQuery, STOP_WORDS, toWords } from '../query.ts';
import { stem } from '../stem.ts';
import type { Store } from '../store/open.ts';
import type { Words } from '../vectors/index.ts';

/** Papers hold these, and nobody who looks for a topic means them. */
const NO_TOPICS: ReadonlySet<string> = new Set(
  'also both could did each had should whether why would'.split(' '),
);

/** A word of a query, or else what is no word to mend: a name, or what is not wanted. */
const WORD =
  /(?<kept>(?<=^|\s)-(?:"[^"]*"|\S+)|\b(?:author|org):\s*(?:"[^"]*"|\S+))|[\p{L}\p{N}\p{M}]+/giu;

/** Shorter words are as often names or acronyms as mistakes. */
const SHORTEST = 5;

/** A word of one abstract alone is a slip of its writer where so large a share hold one very near to it. */
const COMMON = 0.02;

/**
 * Which words of a query stand in some paper or name, and whether that tells that they are words: a
 * misspelt one stands in no title, and in one abstract at most.
 */
export type Spelt = ReadonlyMap<string, { readonly sure: boolean }>;

/**
 * The query with its misspelt words mended, or undefined where nothing looks misspelt: words that no
 * paper holds, or one abstract by a slip, and that one which papers do hold is very near to. `held` is
 * asked of words that the vocabulary lacks, as it does those of few papers. Names and `-word` stay as
 * they are.
 */
export async function respell(
  query: string,
  known: Words,
  held: (words: readonly string[]) => Promise<Spelt>,
): Promise<string | undefined> {
  const strange = parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .flatMap(({ text }) => toWords(text))
    .filter((word) => word.length >= SHORTEST && !STOP_WORDS.has(word))
    .filter((word) => known.share(stem(word)) === 0);
  if (strange.length === 0) return undefined;
  const spelt = await held(strange);
  const better = query.replace(WORD, (word, kept?: string) => {
    const plain = toWords(word).join('');
    const isMeant = kept === undefined && strange.includes(plain);
    return (isMeant ? mend(plain, spelt, known) : undefined) ?? word;
  });
  return better === query ? undefined : better;
}

function mend(word: string, spelt: Spelt, known: Words): string | undefined {
  const found = spelt.get(word);
  if (found?.sure === true) return undefined;
  // People nearly always get the first letter right.
  const likely = known.forms.filter(
    (form) => form.startsWith(word.slice(0, 1)) && !NO_TOPICS.has(form),
  );
  if (found === undefined) return nearest(word, likely)[0];
  const common = likely.filter((form) => known.share(stem(form)) >= COMMON);
  return isSlip(word, common) ? nearest(word, common)[0] : undefined;
}

/** Looks for some words in every column of every paper's text. Rejects with `StoreError`. */
export async function heldWords(store: Store, words: readonly string[]): Promise<Spelt> {
  // Words hold letters and digits alone, so nothing of FTS5's syntax is left in them.
  const { rows } = await sql<{ word: string; sure: number }>`
    SELECT value AS word,
      EXISTS (SELECT 1 FROM papers_text WHERE papers_text MATCH '- abstract : "' || value || '"')
      OR EXISTS (
        SELECT 1 FROM papers_text WHERE papers_text MATCH '"' || value || '"' LIMIT 1 OFFSET 1
      ) AS sure
    FROM json_each(${JSON.stringify(words)})
    WHERE EXISTS (SELECT 1 FROM papers_text WHERE papers_text MATCH '"' || value || '"')
  `.execute(store);
  return new Map(rows.map(({ word, sure }) => [word, { sure: sure === 1 }]));
}
