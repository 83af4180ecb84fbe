import { sql } from 'kysely';
import { nearest } from '../commands/nearest.ts';
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

/**
 * The query with its misspelt words mended, or undefined where nothing looks misspelt: words that no
 * paper holds, and that one which papers do hold is very near to. `held` tells which words stand in
 * some paper or name, since the vocabulary lacks those of few papers. Names and `-word` stay as they
 * are.
 */
export async function respell(
  query: string,
  known: Words,
  held: (words: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<string | undefined> {
  const strange = parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .flatMap(({ text }) => toWords(text))
    .filter((word) => word.length >= SHORTEST && !STOP_WORDS.has(word))
    .filter((word) => known.share(stem(word)) === 0);
  if (strange.length === 0) return undefined;
  const spelt = await held(strange);
  const mended = mendedOf(
    strange.filter((word) => !spelt.has(word)),
    known,
  );
  const better = query.replace(WORD, (word, kept?: string) =>
    kept === undefined ? (mended.get(toWords(word).join('')) ?? word) : word,
  );
  return better === query ? undefined : better;
}

function mendedOf(words: readonly string[], { forms }: Words): ReadonlyMap<string, string> {
  const pairs = words.flatMap((word) => {
    // People nearly always get the first letter right.
    const likely = forms.filter(
      (form) => form.startsWith(word.slice(0, 1)) && !NO_TOPICS.has(form),
    );
    const [better] = nearest(word, likely, 1);
    return better === undefined ? [] : [[word, better] as const];
  });
  return new Map(pairs);
}

/** Those of some words that stand in any column of any paper's text. Rejects with `StoreError`. */
export async function heldWords(
  store: Store,
  words: readonly string[],
): Promise<ReadonlySet<string>> {
  // Words hold letters and digits alone, so nothing of FTS5's syntax is left in them.
  const { rows } = await sql<{ word: string }>`
    SELECT value AS word FROM json_each(${JSON.stringify(words)})
    WHERE EXISTS (SELECT 1 FROM papers_text WHERE papers_text MATCH '"' || value || '"')
  `.execute(store);
  return new Set(rows.map(({ word }) => word));
}
