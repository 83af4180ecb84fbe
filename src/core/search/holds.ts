import type { Paper } from '../paper.ts';
import { insists, isNamed, parseQuery, toWords, UNSPACED, type QueryTerm } from '../query.ts';
import { stem } from '../stem.ts';

/**
 * Whether a paper meets what a query insists on: names, words in quotes, and that it holds nothing
 * unwanted. Sources search for all of these as for any word, or not at all.
 */
export function createConditions(query: string): (paper: Paper) => boolean {
  const conditions = parseQuery(query).filter(insists);
  return (paper) => conditions.every((term) => holds(paper, term) === (term.excluded !== true));
}

function holds(paper: Paper, { field, text }: QueryTerm): boolean {
  const { title, abstract, summary = '', keywords, authors, organization = '' } = paper;
  if (field === 'author') return authors.some((author) => isNamed(author, text));
  if (field === 'org') return isNamed(organization, text);
  const wanted = toPhrase(text);
  const texts = [
    title,
    abstract === '' ? summary : abstract,
    ...keywords,
    ...authors,
    organization,
  ];
  if (UNSPACED.test(text)) return texts.some((each) => each.includes(text));
  return texts.some((each) => toPhrase(each).includes(wanted));
}

/** Stems in their order, with spaces around each. */
function toPhrase(text: string): string {
  return ` ${toWords(text).map(stem).join(' ')} `;
}
