import type { Paper } from '../paper.ts';
import { STOP_WORDS } from '../query.ts';
import { stem } from '../stem.ts';
import { wordsOf } from './words.ts';

/** A paper's terms (numbers into the shared vocabulary) and their weights; its length is 1. */
interface TermVector {
  readonly terms: Uint32Array;
  readonly weights: Float64Array;
}

/** A paper's distinct words with how much it makes of each, whatever the other papers are. */
interface TermCounts {
  readonly words: readonly string[];
  readonly weights: readonly number[];
}

/** A word in the title tells more of the theme than one in the abstract. */
const TITLE_TIMES = 3;
const KEYWORD_TIMES = 2;

const ignored = new Set(['', ...[...STOP_WORDS].map(stem)]);

/** Papers never change, and are forgotten here when nobody else holds them. */
const counted = new WeakMap<Paper, TermCounts>();

/** How alike two of the papers are: 0 for no word in common, 1 for the same words. */
export type Similarity = (one: Paper, other: Paper) => number;

/** So many lists are remembered: those of a day's digests, in either mode, and a few more. */
const REMEMBERED = 8;
const remembered: { readonly papers: readonly Paper[]; readonly similarity: Similarity }[] = [];

/**
 * How alike these papers are by their words, rare ones telling more; rarity is counted among these
 * papers alone. The same papers in the same order cost nothing again, since every channel's digest
 * of a day asks about the same ones.
 */
export function similarityAmong(papers: readonly Paper[]): Similarity {
  const at = remembered.findIndex((each) => areSame(each.papers, papers));
  const [known = { papers, similarity: compareAll(papers) }] =
    at === -1 ? [] : remembered.splice(at, 1);
  remembered.unshift(known);
  remembered.length = Math.min(remembered.length, REMEMBERED);
  return known.similarity;
}

function areSame(some: readonly Paper[], others: readonly Paper[]): boolean {
  return some.length === others.length && some.every((paper, index) => paper === others[index]);
}

function compareAll(papers: readonly Paper[]): Similarity {
  const vectors = toVectors(papers);
  const places = new Map(papers.map((paper, index) => [paper, index]));
  const rows = new Map<Paper, Float64Array>();
  const rowOf = (paper: Paper) => {
    const vector = vectors[places.get(paper) ?? -1];
    const row = vector === undefined ? new Float64Array() : compare(vector, vectors);
    rows.set(paper, row);
    return row;
  };
  return (one, other) => (rows.get(one) ?? rowOf(one))[places.get(other) ?? -1] ?? 0;
}

/** In the order of the papers. */
function toVectors(papers: readonly Paper[]): TermVector[] {
  const vocabulary = new Map<string, number>();
  const holders: number[] = [];
  const numbered = papers.map((paper) => {
    const { words, weights } = countTerms(paper);
    return { terms: toNumbers(words, vocabulary, holders), weights };
  });
  const rarity = Float64Array.from(holders, (count) => Math.log((1 + papers.length) / count));
  return numbered.map(({ terms, weights }) => ({ terms, weights: weigh(terms, weights, rarity) }));
}

function countTerms(paper: Paper): TermCounts {
  const done = counted.get(paper);
  if (done !== undefined) return done;
  const counts = new Map<string, number>();
  const { title, keywords, abstract } = wordsOf(paper);
  addWords(counts, title, TITLE_TIMES);
  addWords(counts, keywords, KEYWORD_TIMES);
  addWords(counts, abstract, 1);
  const weights = [...counts.values()].map((count) => 1 + Math.log(count));
  const terms = { words: [...counts.keys()], weights };
  counted.set(paper, terms);
  return terms;
}

function addWords(counts: Map<string, number>, words: readonly string[], times: number): void {
  for (const word of words) {
    if (!ignored.has(word)) counts.set(word, (counts.get(word) ?? 0) + times);
  }
}

/** Numbers the words, new ones as they come, and counts the papers that hold each. */
function toNumbers(
  words: readonly string[],
  vocabulary: Map<string, number>,
  holders: number[],
): Uint32Array {
  const terms = new Uint32Array(words.length);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const known = vocabulary.get(word);
    const term = known ?? vocabulary.size;
    if (known === undefined) vocabulary.set(word, term);
    holders[term] = (holders[term] ?? 0) + 1;
    terms[index] = term;
  }
  return terms;
}

// Counting loops and typed arrays in these, since they run for every word of every paper.
function weigh(terms: Uint32Array, counts: readonly number[], rarity: Float64Array): Float64Array {
  const weights = new Float64Array(terms.length);
  let squares = 0;
  for (let index = 0; index < terms.length; index += 1) {
    const weight = (counts[index] ?? 0) * (rarity[terms[index] ?? 0] ?? 0);
    weights[index] = weight;
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  return length > 0 ? weights.map((weight) => weight / length) : weights;
}

function compare({ terms, weights }: TermVector, all: readonly TermVector[]): Float64Array {
  const dense = new Float64Array(terms.reduce((most, term) => Math.max(most, term), 0) + 1);
  terms.forEach((term, index) => {
    dense[term] = weights[index] ?? 0;
  });
  return Float64Array.from(all, (other) => {
    let sum = 0;
    for (let index = 0; index < other.terms.length; index += 1) {
      sum += (dense[other.terms[index] ?? 0] ?? 0) * (other.weights[index] ?? 0);
    }
    return Math.min(1, sum);
  });
}
