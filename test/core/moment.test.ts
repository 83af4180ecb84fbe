import { describe, expect, it } from 'vitest';
import { describeMoment } from '../../src/core/moment.ts';

const NOW = new Date('2026-11-24T23:00:00Z');

function fromNow(minutes: number): string {
  return (
    describeMoment(new Date(NOW.getTime() + minutes * 60_000), 'UTC', NOW).split(', ')[1] ?? ''
  );
}

describe('a moment in words', () => {
  it('is told in the channel’s zone', () => {
    const moment = new Date('2026-11-25T08:00:00Z');
    expect(describeMoment(moment, 'Europe/Berlin', NOW)).toBe(
      'Wednesday 25 November at 09:00 (Europe/Berlin), in 9 hours',
    );
    expect(describeMoment(moment, 'America/Los_Angeles', NOW)).toBe(
      'Wednesday 25 November at 00:00 (America/Los_Angeles), in 9 hours',
    );
  });

  it.each([
    [-5, 'any moment now'],
    [0.5, 'any moment now'],
    [1, 'in 1 minute'],
    [90, 'in 90 minutes'],
    [120, 'in 2 hours'],
    [47 * 60, 'in 47 hours'],
    [72 * 60, 'in 3 days'],
  ])('%d minutes ahead is %j', (minutes, words) => {
    expect(fromNow(minutes)).toBe(words);
  });
});
