import type { Paper } from '../paper.ts';
import { isNamed, parseQuery, toWords, UNSPACED } from '../query.ts';
import { stem } from '../stem.ts';
import { shorten } from '../text/index.ts';
import { variantsOf, type IsKnown } from './variants.ts';

/** Words named in a reason; more would push everything else off the line. */
const NAMED = 3;

/** What it repeats of a query, in UTF-16 units. */
const REPEATED_MAX = 60;

/** Signs around a word; those of C++ and C# belong to it. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}+#]+$/gu;

/** Why a paper was found; `inWords` tells whether its text matches, or else its meaning alone. */
export type Explain = (paper: Paper, inWords: boolean) => string | undefined;

/**
 * Says why a paper was found: `matches “video generation”; by Yann LeCun`, naming what of the query
 * its text holds in any spelling and whom it names, or `close in meaning`; undefined for a query of
 * names alone.
 */
export function createExplain(query: string, isKnown?: IsKnown): Explain {
  const terms = parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => ({ text, ways: [text, ...variantsOf(text, isKnown)].map(toStems) }));
  return (paper, inWords) => {
    if (terms.length === 0) return undefined;
    const { title, abstract, keywords } = paper;
    const body = [title, abstract, ...keywords].join(' ');
    const held = new Set(toStems(body));
    const found = terms
      .filter(
        ({ text, ways }) =>
          ways.some((stems) => stems.every((each) => held.has(each))) ||
          (UNSPACED.test(text) && body.includes(text)),
      )
      .map(({ text }) => text);
    const others = terms.map(({ text }) => text).filter((text) => !found.includes(text));
    const names = namesOf(paper, others);
    const reasons = [
      ...(found.length > 0 ? [`matches “${listed(found)}”`] : []),
      ...(names.length > 0 ? [`by ${names.slice(0, NAMED).join(', ')}`] : []),
    ];
    if (reasons.length > 0) return reasons.join('; ');
    // The database's stems are not ours.
    return inWords ? 'matches another form of the words' : 'close in meaning';
  };
}

/** The paper's authors and organization that have one of the words in their names. */
function namesOf({ authors, organization }: Paper, words: readonly string[]): string[] {
  const names = [...authors, ...(organization === undefined ? [] : [organization])];
  return names.filter((name) => words.some((word) => isNamed(name, word)));
}

function listed(words: readonly string[]): string {
  const named = words.slice(0, NAMED).map((word) => word.replace(AROUND, ''));
  return shorten(`${named.join(' ')}${words.length > NAMED ? ' …' : ''}`, REPEATED_MAX);
}

function toStems(text: string): string[] {
  return toWords(text).map(stem);
}
