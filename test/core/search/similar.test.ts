import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSimilar } from '../../../src/core/search/similar.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { createVectors, type Vectors } from '../../../src/core/vectors/index.ts';
import { createLog } from '../commands/services.ts';
import { aPaper, aStore } from '../store-fixtures.ts';
import { themedPapers, themeOf } from '../vectors/themes.ts';

const papers = themedPapers(240);
const [first] = papers;

let store: Store;
let vectors: Vectors;
beforeAll(async () => {
  store = await aStore(papers);
  vectors = createVectors({
    store,
    clock: () => new Date('2026-08-21T12:00:00Z'),
    log: createLog(),
  });
});
afterAll(() => store.destroy());

describe('findSimilar', () => {
  it('goes by the title’s words before vectors were learnt', async () => {
    const found = await findSimilar({ store, vectors }, first!, 3);
    expect(found).toHaveLength(3);
    expect(found.every((paper) => themeOf(paper) === 0 && paper.id !== first!.id)).toBe(true);
  });

  it('goes by meaning after, for papers out of the archive too', async () => {
    await vectors.tend();
    const found = await findSimilar({ store, vectors }, first!, 3);
    expect(found.map((paper) => themeOf(paper))).toEqual([0, 0, 0]);
    expect(found.map(({ id }) => id)).not.toContain(first!.id);
    const stranger = aPaper({ id: '2609.00001', title: 'Gripper and servo', abstract: 'Torque.' });
    const like = await findSimilar({ store, vectors }, stranger, 3);
    expect(like.map((paper) => themeOf(paper))).toEqual([1, 1, 1]);
  });
});
