import { describe, expect, it } from 'vitest';
import { describeTopics, parseTopics } from '../../../../src/core/commands/input/topic-list.ts';
import { UserError } from '../../../../src/core/errors.ts';

describe('a list of topics', () => {
  it.each([
    ['agents', ['agents']],
    ['agents, video generation', ['agents', 'video generation']],
    ['agents,,  Agents , ', ['agents']],
    ['"video generation", rag', ['video generation', 'rag']],
    ['author:"Doe, Jane", org:Google', ['author:"Doe, Jane"', 'org:Google']],
    ['none', []],
    [',', []],
    ['"unclosed, agents', ['"unclosed', 'agents']],
  ])('%j is %j', (text, topics) => {
    expect(parseTopics(text)).toEqual(topics);
  });

  it('has at most twenty', () => {
    const topics = Array.from({ length: 21 }, (_, index) => `t${index}`);
    expect(() => parseTopics(topics.join())).toThrow(UserError);
    expect(parseTopics(topics.slice(1).join())).toHaveLength(20);
  });

  it('reads like a sentence’s end', () => {
    expect(describeTopics([])).toBe('');
    expect(describeTopics(['agents'])).toBe(', preferring agents');
    expect(describeTopics(['a', 'b', 'c'])).toBe(', preferring a, b and c');
  });
});
