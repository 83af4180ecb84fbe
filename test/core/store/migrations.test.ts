import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { postedPapers } from '../../../src/core/store/posted-papers.ts';
import { delivery } from '../../../src/core/store/migrations/008-delivery.ts';
import { migrations } from '../../../src/core/store/migrations.ts';
import { closeStore, openStore } from '../../../src/core/store/open.ts';
import { countPapers, findPaper, savePapers } from '../../../src/core/store/papers.ts';
import { aPaper } from '../store-fixtures.ts';

/** SHA-256 of every released migration: a database in use has run it, so it may never change. */
const RELEASED: readonly string[] = [
  '9592a8d9d3eb349b299a60865692e64cbc4feb87f1f4beb1bc34f78bc9736c0c',
  'cfcaf8975942e5b2f58803532c1f892a04b2c3a531a15729a2881020dcbb1420',
  'dd14728fe855d4fba06e02f7fda6286406c049cf6ed8101e026f94f916de672c',
  'd9fd8ff5400d049bd7d19b0715956baf1aacbc6abda3658e27b628a7f5359a6f',
  'e8badec3b1f57b7c5870d6dafc3b96fc1c364f7ba97b446d9a860ba204f734f3',
  'c85caa077bf1c7082016bea56435abb4a79bfaf1b546bf541616cf5d6c08065c',
  '1f70c53a1e9fcb701f28bd9d5af92ad2e183a23dc597dc05c49e0cdeebc8d4a6',
  'df9869f2ba3491b364eaeba3b71f3666e59b6adec9d1b59d2d5ce5f8289dee70',
  'c37b908aa43db63d431321a0bad84fbfbbb1d670a91f898887205f2f0b04ab4a',
  '6cd72be03db6e86656558dceb6603083ebe9cb93dc0e7725ecc272ca30228046',
  'bff1160a09b57b818d45e0698550d05c86f17954b3c05b7047cb15eb19412e2f',
  '77eefd2bfe66af447668f5183f2fc66f89e11c3f4f1ad29f369a73e3739e9509',
  '7f7fdf49c9363a18ebd52449f86fffc09adeac79edd830e3b776c7577c8d76a7',
  '95e2578d0db2f6a4d57f7bbc1652bc9b626eaa1deafc7dc2f253206d46a0c490',
  '45b8842e683acf1586d22f5ff2453bfd901fd97aa6048c0ad26d7c4923a43bf2',
  '3c379a2e32b6eab242d5d88ca139a6de31bb4b40c7afe7a6d433abc0bf075505',
  '5eeb0e833e3eac784a52290fe0d1de9cf0fc94154e4776ef4e386e91fc82801e',
  '4c9997475df84f8e916af3d7fe47f5861555460c038a324d9e2fffcf4d3083d5',
];

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  path = join(folder, 'paperboy.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function schemaOf(file: string): { version: number; sql: string } {
  const database = new SQLite(file, { readonly: true });
  const statements = database
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'papers_text_%'
         OR type = 'trigger' ORDER BY tbl_name, type DESC, name`,
    )
    .all();
  const version = database.pragma('user_version', { simple: true }) as number;
  database.close();
  return { version, sql: statements.map(({ sql }) => `${sql};\n`).join('\n') };
}

describe('migrations', () => {
  it('lead to the schema of the golden file', async () => {
    await closeStore(openStore(path));
    const { version, sql } = schemaOf(path);
    expect(version).toBe(migrations.length);
    await expect(sql).toMatchFileSnapshot('../../golden/schema.sql');
  });

  it('never change once released', () => {
    const hashes = migrations.map((sql) => createHash('sha256').update(sql).digest('hex'));
    expect(hashes.slice(0, RELEASED.length)).toEqual(RELEASED);
    expect(RELEASED).toHaveLength(migrations.length);
  });

  it('bring an empty file up to date', async () => {
    writeFileSync(path, '');
    const store = openStore(path);
    expect(await countPapers(store)).toBe(0);
    await closeStore(store);
  });

  it.each(migrations.map((_, index) => index + 1))(
    'bring a database of schema %i up to date with its papers',
    async (version) => {
      const old = new SQLite(path);
      for (const sql of migrations.slice(0, version)) old.exec(sql);
      old.pragma(`user_version = ${version}`);
      old.exec(`INSERT INTO papers (id, title, abstract, authors, categories, keywords, source)
        VALUES ('2608.00001', 'Old lanterns', '', '["Ada Lampwick"]', '[]', '[]', 'hugging-face')`);
      old.close();
      const store = openStore(path);
      const paper = aPaper({ id: '2608.00001', title: 'Old lanterns' });
      expect(await findPaper(store, '2608.00001')).toEqual(paper);
      await closeStore(store);
      expect(schemaOf(path).version).toBe(migrations.length);
    },
  );

  it('keep digests, their pages and what was posted while their tables are made anew', async () => {
    const old = new SQLite(path);
    const before = migrations.indexOf(delivery);
    for (const sql of migrations.slice(0, before)) old.exec(sql);
    old.pragma(`user_version = ${before}`);
    old.exec(`
      INSERT INTO digests VALUES (7, 'test', 'lab', 'papers', '2026-08-21', '2026-08-20', '2026-08-21T09:00Z');
      INSERT INTO deliveries (digest_id, position, message, papers, in_thread, state, message_ref)
        VALUES (7, 0, '{}', '["2608.00001"]', 0, 'sent', 'message-1');
      INSERT INTO posted_papers VALUES ('test', 'lab', 'papers', '2608.00001', 7)`);
    old.close();
    const store = openStore(path);
    const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };
    expect(await latestDigests(store, channel, 9)).toMatchObject([{ planned: 1 }]);
    const posted = await postedPapers(store, channel, ['2608.00001']);
    expect([...posted]).toEqual([['2608.00001', '2026-08-21']]);
    await store.deleteFrom('digests').execute();
    expect(await store.selectFrom('deliveries').selectAll().execute()).toEqual([]);
    expect(await store.selectFrom('posted_papers').selectAll().execute()).toEqual([]);
    await closeStore(store);
  });

  it('run one by one: a failing one leaves the database at the one before', async () => {
    const add = 'CREATE TABLE extra (id INTEGER) STRICT';
    const fail = 'CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)';
    await closeStore(openStore(path));
    const before = migrations.length;
    const history = [...migrations, add, fail];
    expect(() => openStore(path, { history })).toThrow('no such table: nowhere');
    const { version, sql } = schemaOf(path);
    expect(version).toBe(before + 1);
    expect(sql).toContain('extra');
    expect(sql).not.toContain('more');
    const mended = openStore(path, { history: [...migrations, add, add.replace('extra', 'more')] });
    await closeStore(mended);
    expect(schemaOf(path).version).toBe(before + 2);
  });

  it('keep what was written when the database is opened again', async () => {
    const first = openStore(path);
    await savePapers(first, [aPaper({ id: '2608.00001' })], '2026-08-20T08:00:00.000Z');
    await closeStore(first);
    const second = openStore(path);
    expect(await countPapers(second)).toBe(1);
    await closeStore(second);
  });
});
