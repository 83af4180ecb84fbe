import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { messageOf, StoreError } from '../errors.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** The database as every query sees it. */
export type Store = Kysely<Database>;

/** How long a query waits for another process's write, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the database at `path` (`:memory:` for none), creates or migrates it, and returns it.
 * Rejects with `StoreError` when it can't be used: the file is no database, is read-only, locked,
 * from a newer version, or on a full disk.
 */
export function openStore(path: string): Store {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const database = new SQLite(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      prepare(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
    return new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(explain(path, error), { cause: error });
  }
}

function prepare(database: SQLite.Database, path: string): void {
  refuseNewer(database, path);
  database.pragma('journal_mode = WAL');
  // FULL, since better-sqlite3 defaults WAL to NORMAL, which may lose commits in a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.transaction(() => {
    migrate(database);
  }).immediate();
}

function versionOf(database: SQLite.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function refuseNewer(database: SQLite.Database, path: string): void {
  const version = versionOf(database);
  if (version <= migrations.length) return;
  throw new StoreError(
    `The database ${path} was written by a newer Paperboy (schema ${version}; this one knows ` +
      `${migrations.length}). Update Paperboy, or set PAPERBOY_DATABASE to another file.`,
  );
}

function migrate(database: SQLite.Database): void {
  for (const migration of migrations.slice(versionOf(database))) database.exec(migration);
  database.pragma(`user_version = ${migrations.length}`);
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'is not an SQLite database. Set PAPERBOY_DATABASE to another file.',
  SQLITE_READONLY: 'is read-only. Give this user the right to write the file and its folder.',
  SQLITE_CANTOPEN: 'can’t be opened. Check that its folder exists and may be written.',
  SQLITE_BUSY: 'is locked by another process. Stop the other Paperboy, or wait for it to finish.',
  SQLITE_FULL: 'can’t grow: the disk is full. Free some space; nothing was lost.',
  SQLITE_CORRUPT: 'is damaged. Restore a backup, or recover it with sqlite3’s .recover.',
};

/** What to do about a failed open or write, in one line. */
export function explain(path: string, error: unknown): string {
  const code = (error as { code?: string } | undefined)?.code ?? '';
  const known = Object.entries(EXPLANATIONS).find(([key]) => code.startsWith(key));
  return `The database ${path} ${known?.[1] ?? `can’t be used: ${messageOf(error)}`}`;
}
