/** What was learnt; one row at most. */
export interface VectorModelTable {
  id: number;
  learnt_at: string;
  /** How many papers there were then. */
  paper_count: number;
  /** Numbers in a vector. */
  size: number;
  /** JSON of the words, their forms, and in how many papers each stands. */
  vocabulary: string;
  /** Signed bytes, a row a word. */
  words: Buffer;
  /** What each row's bytes are to be multiplied by: 32-bit floats, little-endian. */
  scales: Buffer;
}

/** Signed bytes: where a paper points. */
export interface PaperVectorTable {
  paper_key: number;
  vector: Buffer;
}

/** Papers whose vector is missing or out of date. */
export interface VectorDueTable {
  paper_key: number;
}

/** Whose vectors the endpoint's are; one row at most. */
export interface EndpointModelTable {
  id: number;
  /** Address, model and dimensions, as JSON. */
  maker: string;
  /** Numbers in a vector; null before the first one came. */
  size: number | null;
  /** Why no more come, a sentence for the operator; null while they do. */
  problem: string | null;
}
