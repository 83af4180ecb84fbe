import { addRow, normalize } from '../dense.ts';
import type { Learnt } from './learn.ts';
import type { Text, Words } from './meaning.ts';
import { pack, type Packed } from './pack.ts';
import { withSpellings } from './spellings.ts';
import { createBagger, type Bag, type PaperText, type Vocabulary } from './vocabulary.ts';

/** Where words, papers and queries point: those on one topic the same way. */
export interface Space extends Words {
  readonly size: number;
  /** Where a query or a paper points; undefined for a query without a known word. */
  of(text: Text): Float32Array | undefined;
  /** A paper's direction, as long as 1; zeros where it knows none of its words. */
  ofPaper(text: PaperText): Float32Array;
}

/** The space of packed words. */
export function createSpace(vocabulary: Vocabulary, size: number, words: Packed): Space {
  const bagger = createBagger(vocabulary);
  const encode = ({ terms, weights }: Bag): Float32Array => {
    const row = new Float32Array(size);
    for (let at = 0; at < terms.length; at += 1) {
      const term = terms[at] ?? 0;
      const times = (weights[at] ?? 0) * (words.scales[term] ?? 0);
      addRow(row, 0, words.bytes, term * size, times, size);
    }
    normalize(row, 0, size);
    return row;
  };
  const most = Math.max(1, vocabulary.papers);
  const share = (term: string) => (vocabulary.holders[bagger.numberOf(term) ?? -1] ?? 0) / most;
  const spellings = { share, encode: (text: string) => encode(bagger.query(text)) };
  return {
    forms: vocabulary.forms,
    size,
    share,
    ofPaper: (text) => encode(bagger.paper(text)),
    of(text) {
      if (typeof text !== 'string') return encode(bagger.paper(text));
      const bag = bagger.query(withSpellings(text, spellings));
      return bag.terms.length === 0 ? undefined : encode(bag);
    },
  };
}

/** The space of what was just learnt. */
export function spaceOf({ vocabulary, size, words }: Learnt): Space {
  return createSpace(vocabulary, size, pack(words, size));
}
