import { STOP_WORDS, toWords } from '../query.ts';
import { stem } from '../stem.ts';

/** The words that vectors know, by number. */
export interface Vocabulary {
  /** How many papers were learnt from. */
  readonly papers: number;
  /** Stems. */
  readonly terms: readonly string[];
  /** Each stem's most common form, for people to read. */
  readonly forms: readonly string[];
  /** In how many of the papers learnt from each stands. */
  readonly holders: Uint32Array;
  /** Inverse document frequency. */
  readonly rarity: Float32Array;
}

/** A title and an abstract. */
export interface PaperText {
  readonly title: string;
  readonly abstract: string;
}

/** Words of a paper or query as numbers of the vocabulary, each once, with their weights. */
export interface Bag {
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
}

/** A word in fewer papers than this says nothing of a topic. */
const LEAST_HOLDERS = 3;

/** The most common words are kept. Ten thousand papers have 9,200 words that pass; 100,000 need no more. */
const MOST_TERMS = 16_000;

/** A word in the title tells more of the topic than one in the abstract; of 1, 3 and 5 this did best. */
export const TITLE_TIMES = 3;

const ignored = new Set(['', ...[...STOP_WORDS].map(stem)]);

/** The telling words of a text as stems, in order. */
export function toTerms(text: string): string[] {
  return toWords(text)
    .map(stem)
    .filter((term) => !ignored.has(term));
}

/** Learns which words there are, and how rare each is. */
export function learnVocabulary(texts: readonly PaperText[]): Vocabulary {
  const seen = new Map<string, { holders: number; forms: Map<string, number> }>();
  for (const { title, abstract } of texts) {
    for (const word of new Set(toWords(`${title} ${abstract}`))) {
      const term = stem(word);
      if (ignored.has(term)) continue;
      const known = seen.get(term) ?? { holders: 0, forms: new Map<string, number>() };
      known.forms.set(word, (known.forms.get(word) ?? 0) + 1);
      seen.set(term, known);
    }
    for (const term of new Set(toTerms(`${title} ${abstract}`))) {
      const known = seen.get(term);
      if (known !== undefined) known.holders += 1;
    }
  }
  const kept = [...seen]
    .filter(([, { holders }]) => holders >= LEAST_HOLDERS)
    .sort(([a, one], [b, other]) => other.holders - one.holders || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS);
  const holders = Uint32Array.from(kept, ([, word]) => word.holders);
  return {
    papers: texts.length,
    terms: kept.map(([term]) => term),
    forms: kept.map(([term, { forms }]) => commonest(forms) ?? term),
    holders,
    rarity: Float32Array.from(holders, (count) => Math.log((1 + texts.length) / (1 + count))),
  };
}

function commonest(forms: ReadonlyMap<string, number>): string | undefined {
  return [...forms].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Turns texts into bags; words it doesn't know are left out. */
export function createBagger({ terms, rarity }: Vocabulary) {
  const numbers = new Map(terms.map((term, number) => [term, number]));
  const numbersOf = (text: string) =>
    Uint32Array.from(toTerms(text).flatMap((term) => numbers.get(term) ?? []));
  return {
    numbersOf,
    numberOf: (term: string) => numbers.get(term),
    paper({ title, abstract }: PaperText): Bag {
      return weigh(
        [
          [numbersOf(title), TITLE_TIMES],
          [numbersOf(abstract), 1],
        ],
        rarity,
      );
    },
    query: (text: string): Bag => weigh([[numbersOf(text), 1]], rarity),
  };
}

/** TF-IDF with dampened counts, as long as 1: some words, each list counted so many times. */
export function weigh(
  lists: readonly (readonly [words: Uint32Array, times: number])[],
  rarity: Float32Array,
): Bag {
  const counts = new Map<number, number>();
  for (const [words, times] of lists) {
    for (const word of words) {
      counts.set(word, (counts.get(word) ?? 0) + times);
    }
  }
  const terms = Uint32Array.from(counts.keys());
  const weights = new Float32Array(terms.length);
  let squares = 0;
  for (let at = 0; at < terms.length; at += 1) {
    const term = terms[at] ?? 0;
    const weight = (1 + Math.log(counts.get(term) ?? 1)) * (rarity[term] ?? 0);
    weights[at] = weight;
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / length;
  return { terms, weights };
}
