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
    expect(toMatchExpressions(query, isCommon)?.any).toBe(any);
  });
});
