import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFacts, mergeFinds } from '../../../src/core/search/merge.ts';
import { aPaper } from '../store-fixtures.ts';

function finds(from: string, ...ids: readonly string[]) {
  return { from, papers: ids.map((id) => aPaper({ id })) };
}

describe('mergeFinds', () => {
  it('takes turns, the earlier place first', () => {
    const merged = mergeFinds([finds('archive', 'a1', 'a2'), finds('Hub', 'h1', 'h2')]);
    expect(merged.map(({ paper }) => paper.id)).toEqual(['a1', 'h1', 'a2', 'h2']);
    expect(merged.map(({ from }) => from)).toEqual([['archive'], ['Hub'], ['archive'], ['Hub']]);
  });

  it('puts what several places found first, and names them all', () => {
    const merged = mergeFinds([finds('archive', 'a1', 'both'), finds('Hub', 'h1', 'both')]);
    expect(merged[0]).toMatchObject({ paper: { id: 'both' }, from: ['archive', 'Hub'] });
    expect(merged).toHaveLength(3);
  });

  it('counts a paper once that one place names twice', () => {
    const merged = mergeFinds([finds('Hub', 'h1', 'h2', 'h1')]);
    expect(merged.map(({ paper, from }) => [paper.id, from])).toEqual([
      ['h1', ['Hub']],
      ['h2', ['Hub']],
    ]);
  });

  it('holds every paper of every place exactly once', () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(ids, ids, ids, (one, two, three) => {
        const places = [finds('1', ...one), finds('2', ...two), finds('3', ...three)];
        const merged = mergeFinds(places).map(({ paper }) => paper.id);
        expect(merged.toSorted()).toEqual([...new Set([...one, ...two, ...three])].sort());
      }),
    );
  });
});

describe('joinFacts', () => {
  it('keeps what is known and takes what is missing', () => {
    const kept = aPaper({ id: '1', title: 'Kept', abstract: '', listDate: '2026-08-20' });
    const told = aPaper({
      id: '1',
      title: 'Told',
      abstract: 'Told.',
      authors: ['Somebody Else'],
      keywords: ['told'],
      codeUrl: 'https://github.com/a/b',
      source: 'elsewhere',
    });
    expect(joinFacts(kept, told)).toEqual({
      ...kept,
      abstract: 'Told.',
      keywords: ['told'],
      codeUrl: 'https://github.com/a/b',
    });
  });

  it('takes the counts of this moment', () => {
    const kept = aPaper({ id: '1', upvotes: 9, comments: 2, codeStars: 5 });
    expect(joinFacts(kept, aPaper({ id: '1', upvotes: 7, codeStars: 6 }))).toMatchObject({
      upvotes: 7,
      comments: 2,
      codeStars: 6,
    });
  });
});
