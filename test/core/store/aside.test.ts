import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/core/errors.ts';
import { asideOf, closeStore, openStore, type Store } from '../../../src/core/store/open.ts';
import { countPapers, findPaper, savePapers } from '../../../src/core/store/papers.ts';
import { saveVectors, vectorsAfter } from '../../../src/core/store/vectors.ts';
import { aPaper } from '../store-fixtures.ts';

const NOW = '2026-08-21T12:00:00.000Z';
const paper = aPaper({ id: '2608.00001', title: 'Lanterns' });

let folder: string;
let path: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
  store = openStore(path);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

/** How many turns the event loop makes until some work is done. */
async function turnsUntil(work: Promise<unknown>): Promise<number> {
  for (let turns = 0; ; turns += 1) {
    if ((await Promise.race([work, setImmediate('turn')])) !== 'turn') return turns;
  }
}

describe('asideOf', () => {
  it('sees what is written here, and is seen here', async () => {
    const aside = asideOf(store);
    await savePapers(store, [paper], NOW);
    expect(await findPaper(aside, paper.id)).toEqual(paper);
    await savePapers(aside, [{ ...paper, title: 'Candles' }], NOW);
    expect(await findPaper(store, paper.id)).toMatchObject({ title: 'Candles' });
  });

  it('keeps bytes as they are', async () => {
    await savePapers(store, [paper], NOW);
    const vector = Int8Array.from([-127, 0, 1, 127]);
    await saveVectors(asideOf(store), 'archive', [{ key: 1, vector }]);
    expect(await vectorsAfter(asideOf(store), 'archive', -1, 9)).toEqual([{ key: 1, vector }]);
    expect(await vectorsAfter(store, 'archive', -1, 9)).toEqual([{ key: 1, vector }]);
  });

  it('lets everything else go on while a query takes long', async () => {
    const count = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2e5)
      SELECT count(*) AS total FROM n`;
    const counted = count.execute(asideOf(store)).then(({ rows }) => rows);
    const turns = await turnsUntil(counted);
    expect(await counted).toEqual([{ total: 200_000 }]);
    expect(turns).toBeGreaterThan(1);
  });

  it('undoes a transaction that fails, and goes on', async () => {
    const aside = asideOf(store);
    const failing = aside.transaction().execute(async (transaction) => {
      await savePapers(transaction, [paper], NOW);
      await sql`INSERT INTO nowhere VALUES (1)`.execute(transaction);
    });
    await expect(failing).rejects.toThrow('no such table: nowhere');
    await expect(failing).rejects.not.toBeInstanceOf(StoreError);
    expect(await countPapers(aside)).toBe(0);
  });

  it('tells a failure of the database as one', async () => {
    const aside = asideOf(store);
    await sql`PRAGMA query_only = ON`.execute(aside);
    const saving = savePapers(aside, [paper], NOW);
    await expect(saving).rejects.toThrow(StoreError);
    await expect(saving).rejects.toThrow(`The database ${path} is read-only.`);
  });

  it('is one for each file, which is folded into one when it is closed', async () => {
    await savePapers(asideOf(store), [paper], NOW);
    expect(asideOf(store)).toBe(asideOf(store));
    await closeStore(store);
    expect(existsSync(`${path}-wal`)).toBe(false);
    store = openStore(path);
    expect(await countPapers(asideOf(store))).toBe(1);
  });

  it('is the store itself in memory', async () => {
    const memory = openStore(':memory:');
    expect(asideOf(memory)).toBe(memory);
    await closeStore(memory);
  });
});
