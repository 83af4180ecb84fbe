import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeTopics,
  parseTopics,
  writeTopics,
} from '../../../../src/core/commands/input/topic-list.ts';
import { UserError } from '../../../../src/core/errors.ts';

describe('a list of topics', () => {
  it.each([
    ['agents', ['agents']],
    ['agents, video generation', ['agents', 'video generation']],
    ['agents,,  Agents , ', ['agents']],
    ['"video generation", rag', ['video generation', 'rag']],
    ['author:"Doe, Jane", org:Google', ['author:"Doe, Jane"', 'org:Google']],
    ['"video, image generation", rag', ['video, image generation', 'rag']],
    ['none', []],
    [',', []],
    ['"unclosed, agents', ['unclosed', 'agents']],
  ])('%j is %j', (text, topics) => {
    expect(parseTopics(text)).toEqual(topics);
  });

  it('has at most twenty', () => {
    const topics = Array.from({ length: 21 }, (_, index) => `t${index}`);
    expect(() => parseTopics(topics.join())).toThrow(UserError);
    expect(parseTopics(topics.slice(1).join())).toHaveLength(20);
  });

  it('has none of more than a hundred characters', () => {
    expect(parseTopics('x'.repeat(100))).toHaveLength(1);
    expect(() => parseTopics(`rag, ${'x'.repeat(101)}`)).toThrow(/at most 100 characters/);
  });

  it('has none of unwanted words alone, which prefers nothing', () => {
    expect(parseTopics('agents -video')).toHaveLength(1);
    expect(() => parseTopics('agents, -video')).toThrow(
      '“-video” says only what a paper must not hold',
    );
  });

  it('is written so that it reads back the same, whatever was said', () => {
    const said = fc.array(fc.constantFrom('"', ',', ' ', 'a', 'B', 'none', '-', '1'));
    const texts = fc.array(
      said.map((parts) => parts.join('')),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(texts, (lists) => {
        const topics = lists.flatMap((text) => readable(text));
        const once = [...new Map(topics.map((topic) => [topic.toLowerCase(), topic])).values()];
        fc.pre(once.length <= 20);
        expect(parseTopics(writeTopics(once))).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads like a sentence’s end', () => {
    expect(describeTopics([])).toBe('');
    expect(describeTopics(['agents'])).toBe(', preferring agents');
    expect(describeTopics(['a', 'b', 'c'])).toBe(', preferring a, b and c');
  });
});

/** The topics of a text that has any. */
function readable(text: string): string[] {
  try {
    return parseTopics(text);
  } catch {
    return []; // It has no word, or unwanted ones alone, which is no matter here.
  }
}
