import { describe, expect, it } from 'vitest';
import { rank } from '../../../src/core/ranking/index.ts';
import type { Candidate, Profile, Taste } from '../../../src/core/ranking/signal.ts';
import { aPaper } from '../store-fixtures.ts';

const LIKED = Float32Array.of(1, 0, 0, 0);
const STRANGE = Float32Array.of(0, 1, 0, 0);

/** Likes what points its way. */
const taste: Taste = { kept: [], liking: (direction) => direction[0] ?? 0 };
const nobody: Profile = { topics: [], muted: [], follows: [] };
const reader: Profile = { ...nobody, taste };

function candidate(id: string, upvotes: number, direction: Float32Array): Candidate {
  // Titles without a common word: likeness among them is not what this is about.
  const paper = aPaper({ id, title: `title${id}`, upvotes, listDate: '2026-08-20' });
  return { paper, ageHours: 26, direction };
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

  it('never explores what is muted', () => {
    const muting = { ...reader, muted: ['title2608.00102'] };
    expect(ranked(muting, [...liked, ...strange], 4).at(-1)?.[0]).toBe('2608.00101');
  });
});
