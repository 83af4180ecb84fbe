import type { Instant } from '../paper.ts';
import type { StoredModel } from '../store/vectors.ts';
import type { Learnt } from './learn.ts';
import { pack } from './pack.ts';
import { createSpace, type Space } from './space.ts';

/** How the vocabulary stands in the database. */
interface StoredVocabulary {
  readonly papers: number;
  readonly terms: readonly string[];
  readonly forms: readonly string[];
  readonly holders: readonly number[];
  readonly rarity: readonly number[];
}

/** What was learnt, as the database keeps it: small enough to hand from one thread to another. */
export interface PackedModel {
  readonly size: number;
  readonly vocabulary: string;
  readonly words: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

/** Takes some 50 ms for 10,000 papers' words, so it belongs in the worker too. */
export function toPackedModel({ vocabulary, size, words }: Learnt): PackedModel {
  const { bytes, scales } = pack(words, size);
  const stored: StoredVocabulary = {
    papers: vocabulary.papers,
    terms: vocabulary.terms,
    forms: vocabulary.forms,
    holders: [...vocabulary.holders],
    rarity: [...vocabulary.rarity],
  };
  return { size, vocabulary: JSON.stringify(stored), words: bytes, scales };
}

/** The same, with when and from how many papers it was learnt. */
export function toStoredModel(
  { size, vocabulary, words, scales }: PackedModel,
  papers: number,
  now: Instant,
): StoredModel {
  return {
    learnt_at: now,
    paper_count: papers,
    size,
    vocabulary,
    words: Buffer.from(words.buffer),
    scales: Buffer.from(scales.buffer),
  };
}

/** The space that the database keeps. */
export function toSpace(model: StoredModel): Space {
  const { papers, terms, forms, holders, rarity } = JSON.parse(
    model.vocabulary,
  ) as StoredVocabulary;
  const vocabulary = {
    papers,
    terms,
    forms,
    holders: Uint32Array.from(holders),
    rarity: Float32Array.from(rarity),
  };
  // Copied, since the database's bytes may start anywhere and floats may not.
  return createSpace(vocabulary, model.size, {
    bytes: new Int8Array(model.words),
    scales: new Float32Array(new Uint8Array(model.scales).buffer),
  });
}
