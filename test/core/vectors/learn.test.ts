import { describe, expect, it } from 'vitest';
import { dot } from '../../../src/core/dense.ts';
import { learn } from '../../../src/core/vectors/learn.ts';
import { learnAside } from '../../../src/core/vectors/learn-aside.ts';
import { toPackedModel } from '../../../src/core/vectors/stored.ts';
import { spaceOf } from '../../../src/core/vectors/space.ts';
import { themedPapers, themeOf } from './themes.ts';

const papers = themedPapers(240);
const texts = papers.map(({ title, abstract }) => ({ title, abstract }));

function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, 0, b, 0, a.length);
}

describe('learn', () => {
  const learnt = learn(texts);
  const space = spaceOf(learnt);

  it('points papers of one theme the same way, and those of others elsewhere', () => {
    const directions = texts.map((text) => space.ofPaper(text));
    const first = directions[0]!;
    for (const [index, direction] of directions.entries()) {
      const alike = themeOf(papers[index]!) === themeOf(papers[0]!);
      if (alike) expect(cosine(first, direction)).toBeGreaterThan(0.5);
      else expect(cosine(first, direction)).toBeLessThan(0.3);
    }
  });

  it('brings a query near to papers that say the same in other words', () => {
    const query = space.of('candles')!;
    const without = { title: 'torch beacon ember', abstract: 'spark shade flame' };
    const other = { title: 'robot gripper', abstract: 'torque motor wheel' };
    const gap = cosine(query, space.ofPaper(without)) - cosine(query, space.ofPaper(other));
    expect(gap).toBeGreaterThan(0.25);
  });

  it('says that it knows no word of a query', () => {
    expect(space.of('xylophone 🎺')).toBeUndefined();
    expect(space.of('')).toBeUndefined();
    expect([...space.ofPaper({ title: 'xylophone', abstract: '' })]).not.toContain(NaN);
  });

  it('gives the same numbers for the same papers, in a thread of its own too', async () => {
    const aside = await learnAside([texts.slice(0, 7), texts.slice(7)]);
    expect(aside).toEqual(toPackedModel(learnt));
  });

  it('can be stopped', async () => {
    await expect(learnAside([texts], AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it.each([0, 1, 2, 5])('survives an archive of %i papers', (count) => {
    const few = learn(texts.slice(0, count));
    expect([...few.words].every(Number.isFinite)).toBe(true);
  });

  it('survives papers without a word', () => {
    const empty = Array.from({ length: 10 }, () => ({ title: '…', abstract: '' }));
    const { words } = learn([...texts.slice(0, 40), ...empty]);
    expect([...words].every(Number.isFinite)).toBe(true);
  });
});
