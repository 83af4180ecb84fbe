import { describe, expect, it } from 'vitest';
import { rank } from '../../../src/core/ranking/index.ts';
import type { Candidate, Profile, Taste } from '../../../src/core/ranking/signal.ts';
import { aPaper } from '../store-fixtures.ts';

const LIKED = Float32Array.of(1, 0, 0, 0);
const STRANGE = Float32Array.of(0, 1, 0, 0);

const kept: Taste['kept'] = [
  { id: '2607.00001', title: 'Kept', direction: LIKED, how: 'liked here' },
];

/** Likes what points its way. */
const taste: Taste = { kept, liking: (direction) => direction[0] ?? 0 };
const nobody: Profile = { topics: [], muted: [], follows: [] };
const reader: Profile = { ...nobody, taste };

function candidate(id: string, upvotes: number, direction: Float32Array): Candidate {
  // Titles without a common word: likeness among them is not what this is about.
  const paper = aPaper({ id, title: `title${id}`, upvotes, listDate: '2026-08-20' });
  return { paper, ageHours: 26, direction };
}

/** Liked as much as told. */
function mild(id: string, upvotes: number, liking: number): Candidate {
  return candidate(id, upvotes, Float32Array.of(liking, Math.sqrt(1 - liking ** 2), 0, 0));
}

const liked = ['1', '2', '3', '4', '5', '6'].map((id) => candidate(`2608.0000${id}`, 10, LIKED));
const strange = [
  candidate('2608.00101', 5, STRANGE),
  candidate('2608.00102', 9, STRANGE),
  candidate('2608.00103', 0, STRANGE),
];

function ranked(profile: Profile, candidates: readonly Candidate[], count: number) {
  return rank(candidates, profile, { count }).ranked.map(({ paper, why = '' }) => [paper.id, why]);
}

describe('A digest ordered by taste', () => {
  it('gives its last place to the most voted paper that the taste passes over, and says so', () => {
    const shown = ranked(reader, [...liked, ...strange], 4);
    expect(shown.at(-1)).toEqual(['2608.00102', expect.stringMatching(/^outside your usual/)]);
    expect(shown.slice(0, -1).map(([id]) => id)).toEqual([
      '2608.00001',
      '2608.00002',
      '2608.00003',
    ]);
    expect(shown.filter(([, why = '']) => why.includes('outside'))).toHaveLength(1);
  });

  it('explores nothing without a taste, in a few places, or where no paper has a vote', () => {
    const said = (list: readonly (readonly string[])[]) => JSON.stringify(list);
    expect(said(ranked(nobody, [...liked, ...strange], 4))).not.toContain('outside');
    expect(said(ranked(reader, [...liked, ...strange], 3))).not.toContain('outside');
    expect(said(ranked(reader, [...liked, strange[2]!], 4))).not.toContain('outside');
    expect(said(ranked(reader, liked, 4))).not.toContain('outside');
  });

  it('says so of nothing that is liked as much as the day’s papers mostly are', () => {
    // Nothing reaches 0.5, as on most days.
    const shown = ['1', '2', '3', '4'].map((id) => mild(`2608.0020${id}`, 50, 0.4));
    const rest = ['1', '2', '3'].map((id) => mild(`2608.0030${id}`, 1, 0.2));
    const usual = [...shown, ...rest, mild('2608.00311', 9, 0.2)];
    expect(ranked(reader, usual, 4).join()).not.toContain('outside');
    expect(ranked(reader, [...usual, mild('2608.00312', 2, 0.1)], 4).at(-1)).toEqual([
      '2608.00312',
      expect.stringMatching(/^outside your usual/),
    ]);
  });

  it('says so of nothing that is liked more than another paper that is shown', () => {
    const shownForVotes = candidate('2608.00401', 90, STRANGE);
    const rest = ['1', '2', '3'].map((id) => mild(`2608.0030${id}`, 5, 0.1));
    const shown = ranked(reader, [...liked.slice(0, 3), shownForVotes, ...rest], 4);
    expect(shown.map(([id]) => id)).toContain('2608.00401');
    expect(shown.join()).not.toContain('outside');
  });

  it('calls nothing usual where nothing was liked, only disliked', () => {
    const disliking = { ...reader, taste: { ...taste, kept: [] } };
    expect(ranked(disliking, [...liked, ...strange], 4).join()).not.toContain('outside');
  });

  it('never explores what is muted', () => {
    const muting = { ...reader, muted: ['title2608.00102'] };
    expect(ranked(muting, [...liked, ...strange], 4).at(-1)?.[0]).toBe('2608.00101');
  });
});
