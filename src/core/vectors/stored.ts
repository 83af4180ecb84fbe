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

/** What was learnt, as the database keeps it. */
export function toStoredModel(
  { vocabulary, size, words }: Learnt,
  papers: number,
  now: Instant,
): StoredModel {
  const { bytes, scales } = pack(words, size);
  const stored: StoredVocabulary = {
    papers: vocabulary.papers,
    terms: vocabulary.terms,
    forms: vocabulary.forms,
    holders: [...vocabulary.holders],
    rarity: [...vocabulary.rarity],
  };
  return {
    learnt_at: now,
    paper_count: papers,
    size,
    vocabulary: JSON.stringify(stored),
    words: Buffer.from(bytes.buffer),
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
    bytes: Int8Array.from(model.words),
    scales: new Float32Array(Uint8Array.from(model.scales).buffer),
  });
}
