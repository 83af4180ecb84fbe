import { rmSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { migrations } from '../src/core/store/migrations.ts';
import { PAPERBOY, runNode } from './child.ts';
import { findCorpus } from './corpus.ts';
import { median, type Findings } from './figures.ts';

const RUNS = 3;

/**
 * `paperboy import` as a whole process (start, read, unpack, clean, write) against a bare loop that
 * only writes the same rows: better-sqlite3, one transaction, the same schema, index and settings.
 */
export async function benchImport(data: string, folder: string): Promise<Findings> {
  const corpus = findCorpus(data, folder);
  const database = join(folder, 'import.db');
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    remove(database);
    ours.push((await runImport(corpus.path, database, false)).ms);
    bare.push(writeBare(database, join(folder, 'bare.db')));
  }
  remove(database);
  const { peakMb } = await runImport(corpus.path, database, true);
  return {
    benchmark: 'import',
    data: corpus.label,
    n: corpus.n,
    figures: [
      { name: 'paperboy import', unit: 'ms', value: median(ours) },
      { name: 'bare loop', unit: 'ms', value: median(bare) },
      { name: 'ratio', unit: '×', value: median(ours) / median(bare), atMost: 3 },
      { name: 'peak memory', unit: 'MB', value: peakMb, atMost: 200 },
    ],
  };
}

/** Fills a database from a corpus with the built command line. */
export function runImport(corpus: string, database: string, peak: boolean) {
  return runNode([PAPERBOY, 'import', corpus], { peak, env: { PAPERBOY_DATABASE: database } });
}

function remove(database: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
}

/** Copies every row into a new database, and says how many milliseconds the writing took. */
function writeBare(from: string, to: string): number {
  const source = new SQLite(from, { readonly: true });
  const tables = ['papers', 'listings', 'vote_readings', 'lists'].map((name) => ({
    name,
    rows: source.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`).all(),
  }));
  source.close();
  remove(to);
  const target = new SQLite(to);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
    target.pragma(setting);
  }
  for (const migration of migrations) target.exec(migration);
  const began = performance.now();
  target.transaction(() => {
    for (const { name, rows } of tables) insert(target, name, rows);
  })();
  const ms = performance.now() - began;
  target.close();
  return ms;
}

function insert(
  target: SQLite.Database,
  table: string,
  rows: readonly Record<string, unknown>[],
): void {
  const columns = Object.keys(rows[0] ?? {});
  const statement = target.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of rows) statement.run(row);
}
