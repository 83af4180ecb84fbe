import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem } from '../../src/core/stem.ts';

const families = [
  ['agent', 'agents'],
  ['model', 'models', 'modeling', 'modelling', 'modelled'],
  ['scale', 'scales', 'scaled', 'scaling'],
  ['policy', 'policies'],
  ['query', 'queries', 'querying', 'queried'],
  ['embed', 'embeds', 'embedded', 'embedding', 'embeddings'],
  ['benchmark', 'benchmarks', 'benchmarking'],
  ['process', 'processes', 'processing'],
  ['response', 'responses'],
  ['analysis', 'analyses'],
  ['bias', 'biases', 'biased'],
  ['llm', 'llms'],
  ['lm', 'lms'],
  ['gpu', 'gpus'],
  ['search', 'searches', 'searching'],
];

describe('stem', () => {
  it.each(families)('%s has the stem of its other forms', (first, ...others) => {
    for (const other of others) expect(`${other} ${stem(other)}`).toBe(`${other} ${stem(first)}`);
  });

  it('keeps families apart', () => {
    const stems = families.map(([first = '']) => stem(first));
    expect(new Set(stems).size).toBe(families.length);
  });

  it.each(['rl', '3d', 'string', 'king', 'gas', 'corpus', 'speed', 'class', '视频', 'gpt4'])(
    'leaves %s as it is',
    (word) => {
      expect(stem(word)).toBe(word);
    },
  );

  it('is stable: the stem of a stem is itself, for any word', () => {
    const word = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,12}(s|es|ies|ing|ed|e|y)*$/));
    fc.assert(
      fc.property(word, (text) => {
        expect(stem(stem(text))).toBe(stem(text));
      }),
    );
  });
});
