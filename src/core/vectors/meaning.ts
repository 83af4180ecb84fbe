import type { Rows } from './scan.ts';
import type { PaperText } from './vocabulary.ts';

/** What the archive knows of words. */
export interface Words {
  /** Each known word in its most common form. */
  readonly forms: readonly string[];
  /** The share of the papers learnt from that hold a stem. */
  share(stem: string): number;
}

/** Where papers and texts point, all in the vectors of one maker. */
export interface Meaning {
  readonly rows: Rows;
  /** Where each text that was asked for points, as long as 1; undefined for one that says nothing. */
  readonly directions: readonly (Float32Array | undefined)[];
  readonly words: Words;
  /** A line for readers where vectors other than the usual ones had to do. */
  readonly note?: string;
}

/** A query or topic, or a paper's title and abstract. */
export type Text = string | PaperText;

export const NO_WORDS: Words = { forms: [], share: () => 0 };
