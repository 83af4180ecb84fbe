import { describe, expect, it } from 'vitest';
import { toMatchExpressions } from '../../../src/core/search/match.ts';

const isCommon = (word: string) => ['large', 'models'].includes(word);

describe('toMatchExpressions', () => {
  it.each([
    ['speculative decoding', '(("speculative decoding" OR "speculative" OR "decoding"))'],
    ['chain of thought', '(("chain of thought" OR "chain" OR "thought"))'],
    ['the agents of the web', '(("agents of the web" OR "agents" OR "web"))'],
    ['large reward models', '(("large reward" OR "reward models" OR "reward"))'],
    ['large models', '(title : ("large models" OR "large" OR "models"))'],
    ['models', '(title : ("models"))'],
    ['agents -web tools', '(("agents" OR "tools")) NOT ("web")'],
    ['author:"Ada Lampwick" agents', '(authors : "Ada Lampwick" AND ("agents"))'],
  ])('looks for any word of %j, and for neighbours side by side', (query, any) => {
    expect(toMatchExpressions(query, { isCommon })?.any).toBe(any);
  });

  it.each([
    [
      'multi modal agents',
      '((("multi" AND "modal") OR "multimodal") AND "agents")',
      '(("multi modal" OR "modal agents" OR "multi" OR "modal" OR "agents" OR "multimodal"))',
    ],
    [
      'finetuning agents',
      '(("finetuning" OR "fine tuning") AND "agents")',
      '(("finetuning agents" OR "finetuning" OR "agents" OR "fine tuning"))',
    ],
    [
      'fine-tuning',
      '(("fine tuning" OR "finetuning"))',
      '(("fine tuning" OR "fine" OR "tuning" OR "finetuning"))',
    ],
  ])('takes %j in every spelling that the archive knows', (query, all, any) => {
    const known = ['multi', 'modal', 'multimodal', 'fine', 'tuning', 'finetuning', 'agents'];
    const isKnown = (word: string) => known.includes(word);
    expect(toMatchExpressions(query, { isCommon, isKnown })).toMatchObject({ all, any });
  });
});
