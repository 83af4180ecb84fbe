import { describe, expect, it } from 'vitest';
import type { ArgValues } from '../../../../src/core/command-call.ts';
import { check } from '../../../../src/core/commands/index.ts';
import { callOf } from '../services.ts';

const problemsOf = (args: ArgValues, over = {}) => {
  const call = callOf({ args }, { name: 'subscribe', ...over });
  return check(call).map(({ arg, message }) => [arg, message]);
};

describe('Checking a call', () => {
  it('finds nothing in one that its command takes', () => {
    expect(problemsOf({ at: '9am', timezone: 'Berlin', days: ['mon', 'tue'], count: '5' })).toEqual(
      [],
    );
  });

  it.each([
    ['at', { at: 'teatime' }, /is no time of day/],
    ['timezone', { timezone: 'Atlantis' }, /time zone “Atlantis”/],
    ['days', { days: 'someday' }, /which days/],
    ['count', { count: '21' }, /from 1 to 20/],
    ['topics', { topics: Array.from({ length: 21 }, (_, n) => `topic ${n}`) }, /21 topics/],
    ['layout', { layout: 'round' }, /one of thread, channel, compact/],
  ])('says what is wrong with %s, and that it is that', (arg, args, message) => {
    expect(problemsOf(args)).toEqual([[arg, expect.stringMatching(message)]]);
  });

  it('finds every problem at once', () => {
    const names = problemsOf({ at: 'teatime', count: '0' }).map(([arg]) => arg);
    expect(names).toEqual(['at', 'count']);
  });

  it('names no argument where it is the caller’s right that is missing', () => {
    expect(problemsOf({}, { canManage: false })).toEqual([
      [undefined, expect.stringMatching(/may manage this channel/)],
    ]);
  });

  it('says that an argument is missing', () => {
    const call = callOf({ args: {} }, { name: 'show' });
    expect(check(call)).toMatchObject([{ arg: 'paper' }]);
  });
});
