import { describe, expect, it } from 'vitest';
import { withSpellings } from '../../../src/core/vectors/spellings.ts';

const SHARES: Readonly<Record<string, number>> = {
  multimodal: 0.15,
  multi: 0.25,
  modal: 0.05,
  finetuning: 0.02,
  fine: 0.2,
  tuning: 0.2,
  workflow: 0.03,
  work: 0.2,
  flow: 0.05,
  super: 0.01,
  resolution: 0.04,
  coding: 0.1,
  cod: 0.0001,
  ing: 0.0001,
};

describe('withSpellings', () => {
  it.each([
    ['multi modal agents', 'multi multimodal modal agents'],
    ['multi-modal', 'multi multimodal modal'],
    ['multimodal', 'multimodal'],
    ['finetuning', 'finetuning fine tuning'],
    ['fine tuning', 'fine tuning'],
    ['superresolution', 'superresolution super resolution'],
    ['workflow', 'workflow'],
    ['coding', 'coding'],
    ['', ''],
  ])('of %j are %j: the commoner, where both mean the same', (text, expected) => {
    expect(withSpellings(text, { share, encode })).toBe(expected);
  });
});

/** As the vocabulary has it: by stem, of which the tests need few. */
function share(stem: string): number {
  const known = Object.keys(SHARES).find((word) => word.startsWith(stem));
  return known === undefined ? 0 : (SHARES[known] ?? 0);
}

/** Work and flow alone point elsewhere than together. */
function encode(text: string): Float32Array {
  return Float32Array.from(text === 'work flow' ? [0, 1, 0, 0] : [1, 0, 0, 0]);
}
