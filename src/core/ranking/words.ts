import type { Paper } from '../paper.ts';
import { holdsInOrder, insists, parseQuery, toWords, type QueryTerm } from '../query.ts';
import { stem } from '../stem.ts';

/** Where a query was found, the most telling place first. */
export type MatchField = 'title' | 'keywords' | 'abstract' | 'authors' | 'organization';

export interface Match {
  /** The place that holds the whole query; the less telling one where its words are spread. */
  readonly field: MatchField;
  /** What was found: words as typed, names as the paper spells them. */
  readonly words: string[];
}

/** A paper's text as stems, in order; keywords are kept apart by an empty one. Names as words. */
export interface PaperWords {
  readonly title: readonly string[];
  readonly keywords: readonly string[];
  readonly abstract: readonly string[];
  /** Those of title, keywords and abstract: most of what is asked for is in none of them. */
  readonly text: ReadonlySet<string>;
  readonly authors: readonly (readonly string[])[];
  readonly organization: readonly string[];
}

/** Finds one term of a query. */
export type TermMatcher = (paper: Paper) => { field: MatchField; word: string } | undefined;

const FIELDS = ['title', 'keywords', 'abstract'] as const;

/** Papers never change, and are forgotten here when nobody else holds them. */
const stemmed = new WeakMap<Paper, PaperWords>();

/** The paper's words, worked out once a paper. Without an abstract its summary stands in. */
export function wordsOf(paper: Paper): PaperWords {
  const done = stemmed.get(paper);
  if (done !== undefined) return done;
  const title = toStems(paper.title);
  const keywords = paper.keywords.flatMap((keyword) => [...toStems(keyword), '']);
  const abstract = toStems(paper.abstract === '' ? (paper.summary ?? '') : paper.abstract);
  const words = {
    ...{ title, keywords, abstract },
    text: new Set([...title, ...keywords, ...abstract]),
    authors: paper.authors.map(toWords),
    organization: toWords(paper.organization ?? ''),
  };
  stemmed.set(paper, words);
  return words;
}

function toStems(text: string): string[] {
  return toWords(text).map(stem);
}

/**
 * Finds a query in a paper: every term must be there, words by their stems, quoted or hyphenated
 * words side by side, `author:"…"` and `org:…` among the names. A query without any telling word
 * matches nothing.
 */
export function matchesQuery(paper: Paper, query: string): Match | undefined {
  return toMatcher(query)(paper);
}

/** `matchesQuery` for many papers: reads the query once. */
export function toMatcher(query: string): (paper: Paper) => Match | undefined {
  const parsed = parseQuery(query);
  const terms = toTermMatchers(query);
  const unwanted = parsed.filter(({ excluded }) => excluded === true).map(toTermMatcher);
  return (paper) => {
    if (unwanted.some((matches) => matches(paper) !== undefined)) return undefined;
    const found = terms.map((matches) => matches(paper)).filter((match) => match !== undefined);
    if (found.length === 0 || found.length < terms.length) return undefined;
    return { field: weakest(found.map(({ field }) => field)), words: found.map((f) => f.word) };
  };
}

/**
 * Whether a paper has all that a query insists on, names and words in quotes, and nothing that it
 * doesn't want: what is like it in meaning doesn't make up for that.
 */
export function toInsistence(query: string): (paper: Paper) => boolean {
  const insisting = parseQuery(query)
    .filter(insists)
    .map((term) => ({ finds: toTermMatcher(term), wanted: term.excluded !== true }));
  return (paper) => insisting.every(({ finds, wanted }) => (finds(paper) !== undefined) === wanted);
}

/** One for each term that is wanted. */
export function toTermMatchers(query: string): TermMatcher[] {
  return parseQuery(query)
    .filter(({ excluded }) => excluded !== true)
    .map(toTermMatcher);
}

function weakest(fields: readonly MatchField[]): MatchField {
  const inText = FIELDS.filter((field) => fields.includes(field));
  return inText.at(-1) ?? fields[0] ?? 'abstract';
}

function toTermMatcher({ field, text }: QueryTerm): TermMatcher {
  if (field === 'text') return textMatcher(text);
  const wanted = toWords(text);
  return field === 'author' ? authorMatcher(wanted) : organizationMatcher(wanted);
}

function authorMatcher(wanted: readonly string[]): TermMatcher {
  return (paper) => {
    const names = wordsOf(paper).authors;
    const word = paper.authors.find((_, index) => holdsInOrder(names[index] ?? [], wanted));
    return word === undefined ? undefined : { field: 'authors', word };
  };
}

function organizationMatcher(wanted: readonly string[]): TermMatcher {
  return (paper) => {
    const isIt = holdsInOrder(wordsOf(paper).organization, wanted);
    return isIt ? { field: 'organization', word: paper.organization ?? '' } : undefined;
  };
}

function textMatcher(text: string): TermMatcher {
  const phrase = toStems(text);
  return (paper) => {
    const words = wordsOf(paper);
    if (!phrase.every((word) => words.text.has(word))) return undefined;
    const field = FIELDS.find((name) => includesPhrase(words[name], phrase));
    return field && { field, word: text };
  };
}

function includesPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const [first = ''] = phrase;
  let at = words.indexOf(first);
  while (at !== -1) {
    if (phrase.every((word, offset) => words[at + offset] === word)) return true;
    at = words.indexOf(first, at + 1);
  }
  return false;
}
