import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dot } from '../../../src/core/dense.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createLearntVectors } from '../../../src/core/vectors/learnt.ts';
import { createLog } from '../commands/services.ts';
import { aPaper, aStore } from '../store-fixtures.ts';
import { themedPapers } from './themes.ts';

const NOW = '2026-08-21T12:00:00.000Z';

let store: Store;
let now: string;
beforeEach(async () => {
  store = await aStore(themedPapers(240));
  now = NOW;
});
afterEach(() => store.destroy());

function open() {
  return createLearntVectors({ store, clock: () => new Date(now), log: createLog() });
}

async function learntAt(): Promise<string | undefined> {
  const model = await store.selectFrom('vector_model').select('learnt_at').executeTakeFirst();
  return model?.learnt_at;
}

async function keyOf(id: string): Promise<number> {
  const row = store.selectFrom('papers').select('key').where('id', '=', id);
  return (await row.executeTakeFirstOrThrow()).key;
}

describe('createLearntVectors', () => {
  it('has nothing before something was learnt, and a row for every paper after', async () => {
    const vectors = open();
    expect(await vectors.current()).toBeUndefined();
    await vectors.tend();
    expect((await vectors.current())?.rows.count).toBe(240);
  });

  it('gives the same rows after a restart', async () => {
    const first = open();
    await first.tend();
    const before = (await first.current())!;
    const after = (await open().current())!;
    const direction = before.space.of('robot')!;
    expect(after.space.of('robot')).toEqual(direction);
    expect(after.rows.compare(direction)).toEqual(before.rows.compare(direction));
  });

  it('folds in new papers without learning anew', async () => {
    const vectors = open();
    await vectors.tend();
    await savePapers(store, themedPapers(8, 1001), NOW);
    const { rows } = (await vectors.current())!;
    expect(rows.count).toBe(248);
    expect(await learntAt()).toBe(NOW);
  });

  it('turns a paper whose text has changed', async () => {
    const vectors = open();
    await vectors.tend();
    const { space } = (await vectors.current())!;
    const direction = space.of('weather storm rain')!;
    const cosine = async () => {
      const { rows } = (await vectors.current())!;
      return rows.compareSome(direction, [rows.rowOf(await keyOf('2608.00001'))!])[0];
    };
    expect(await cosine()).toBeLessThan(0.3);
    const changed = aPaper({ id: '2608.00001', title: 'Storm', abstract: 'Rain, wind and hail.' });
    await savePapers(store, [changed], NOW);
    expect(await cosine()).toBeGreaterThan(0.5);
  });

  it('learns anew after a month or when half as many papers have come, and not before', async () => {
    const vectors = open();
    await vectors.tend();
    now = '2026-09-10T00:00:00.000Z';
    await vectors.tend();
    expect(await learntAt()).toBe(NOW);
    now = '2026-09-25T00:00:00.000Z';
    await vectors.tend();
    expect(await learntAt()).toBe(now);
    now = '2026-09-26T00:00:00.000Z';
    await savePapers(store, themedPapers(130, 1001), NOW);
    await vectors.tend();
    expect(await learntAt()).toBe(now);
    expect((await vectors.current())?.rows.count).toBe(370);
  });

  it('goes on with what was learnt before until what is learnt anew is whole', async () => {
    const vectors = open();
    await vectors.tend();
    const { space } = (await vectors.current())!;
    now = '2026-09-25T00:00:00.000Z';
    const learning = vectors.tend();
    const spaces = new Set();
    do {
      const found = (await vectors.current())!;
      expect(found.rows.count).toBe(240);
      spaces.add(found.space);
    } while ((await Promise.race([learning.then(() => 'done'), setImmediate('turn')])) === 'turn');
    spaces.add((await vectors.current())!.space);
    expect(spaces.size).toBe(2);
    expect(spaces.has(space)).toBe(true);
  });

  it('stops in the middle of learning, without a word', async () => {
    const vectors = open();
    const learning = vectors.tend();
    await vectors.stop();
    await expect(learning).resolves.toBeUndefined();
    expect(await learntAt()).toBeUndefined();
  });

  it('leaves a small archive alone', async () => {
    const small = await aStore(themedPapers(20));
    const vectors = createLearntVectors({
      store: small,
      clock: () => new Date(NOW),
      log: createLog(),
    });
    await vectors.tend();
    expect(await vectors.current()).toBeUndefined();
    await small.destroy();
  });

  it('keeps a paper’s direction within what a signed byte can tell', async () => {
    const vectors = open();
    await vectors.tend();
    const { rows, space } = (await vectors.current())!;
    for (const { id, title, abstract } of themedPapers(20)) {
      const kept = rows.vectorAt(rows.rowOf(await keyOf(id))!);
      const exact = space.ofPaper({ title, abstract });
      expect(dot(kept, 0, exact, 0, exact.length)).toBeGreaterThan(0.995);
    }
  });
});
