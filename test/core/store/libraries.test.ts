import { sql, type RawBuilder } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReaderRef } from '../../../src/core/platform.ts';
import { purgeDeparted, recordDeparture } from '../../../src/core/store/departures.ts';
import { isOfLibrary, joinLibraries, othersOf } from '../../../src/core/store/libraries.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aStore } from '../store-fixtures.ts';

const ada: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'ada' };
const other: ReaderRef = { platform: 'other', tenant: 'all', user: '17' };

let store: Store;
beforeEach(async () => {
  store = await aStore();
});
afterEach(() => store.destroy());

/** How SQLite finds the rows of a library in a table. */
async function planOf(table: string, columns: RawBuilder<unknown>): Promise<string> {
  const { rows } = await sql<{ detail: string }>`
    EXPLAIN QUERY PLAN SELECT * FROM ${sql.table(table)} WHERE ${isOfLibrary(columns, ada)}
  `.execute(store);
  return rows.map(({ detail }) => detail).join('\n');
}

describe('a library', () => {
  it('is read by the keys of its readers, and no table is read through', async () => {
    const saved = await planOf('bookmarks', sql`platform, tenant, reader`);
    expect(saved).toMatch(
      /SEARCH bookmarks USING PRIMARY KEY \(platform=\? AND tenant=\? AND reader=\?\)/,
    );
    const reacted = await planOf('reactions', sql`platform, reader_tenant, reader`);
    expect(reacted).toMatch(/SEARCH reactions USING .*reactions_by_reader \(platform=\? AND/);
    expect(saved + reacted).toMatch(/SEARCH library_readers USING .*library_readers_by_library/);
    expect(saved + reacted).not.toMatch(/SCAN (bookmarks|reactions|library_readers)/);
  });

  it('stays as it is when it is joined with itself', async () => {
    await joinLibraries(store, ada, other);
    await joinLibraries(store, other, ada);
    expect(await othersOf(store, ada)).toEqual([other]);
  });

  it('loses the readers of a tenant that left for good, and nobody else', async () => {
    await joinLibraries(store, ada, other);
    await recordDeparture(store, { platform: 'fake', tenant: 'lab' }, '2026-08-01T00:00:00.000Z');
    expect(await othersOf(store, other)).toEqual([ada]);
    await purgeDeparted(store, new Date('2026-09-01'));
    expect(await purgeDeparted(store, new Date('2026-09-02'))).toBe(1);
    expect(await othersOf(store, other)).toEqual([]);
  });
});
