import { contrast } from './contrast.ts';
import { latentWords } from './latent.ts';
import { createRandom } from './random.ts';
import { createBagger, learnVocabulary, type PaperText, type Vocabulary } from './vocabulary.ts';

/** What was learnt from an archive: a row of numbers for each word. */
export interface Learnt {
  readonly vocabulary: Vocabulary;
  /** Numbers in each row. */
  readonly size: number;
  readonly words: Float32Array;
}

/** Of 128, 256, 384 and 512 numbers a paper: more gain nothing, and 100,000 papers stay under 40 MB. */
const SIZE = 384;

const SEED = 20_260_401;

/**
 * Learns vectors of words from papers alone, so that papers and queries on one topic point the same
 * way: latent semantic analysis first, then contrast. The same papers give the same vectors. Takes
 * some 35 s for 10,000 papers, so it belongs in a worker.
 */
export function learn(texts: readonly PaperText[], most = SIZE): Learnt {
  const vocabulary = learnVocabulary(texts);
  const size = fitting(vocabulary.terms.length, most);
  const bagger = createBagger(vocabulary);
  const random = createRandom(SEED);
  const bags = texts.map((text) => bagger.paper(text));
  const words = latentWords(bags, vocabulary.terms.length, size, random);
  const papers = texts.map(({ title, abstract }) => ({
    title: bagger.numbersOf(title),
    abstract: bagger.numbersOf(abstract),
  }));
  contrast(papers, words, vocabulary.rarity, random);
  return { vocabulary, size, words };
}

/** A few words have no room for many directions. Loops want a multiple of 4. */
function fitting(terms: number, most: number): number {
  return Math.max(4, Math.min(most, 4 * Math.floor(terms / 8)));
}
