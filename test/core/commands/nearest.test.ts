import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/core/commands/nearest.ts';

const NAMES = ['today', 'topic', 'trending', 'save', 'saved', 'subscribe', 'unsubscribe', 'help'];

describe('the nearest name', () => {
  it.each([
    ['tday', ['today']],
    ['toipc', ['topic']],
    ['tpoic', ['topic']],
    ['TRENDIGN', ['trending']],
    ['subscrib', ['subscribe']],
    ['sub', ['subscribe']],
    ['sav', ['save', 'saved']],
    ['unsubscibe', ['unsubscribe']],
    ['xyz', []],
    ['t', ['today', 'topic']],
    ['hi', []],
    ['', []],
  ])('to %j is %j', (word, names) => {
    expect(nearest(word, NAMES, 2)).toEqual(names);
  });

  it('is one unless more are asked for', () => {
    expect(nearest('sav', NAMES)).toEqual(['save']);
  });
});
