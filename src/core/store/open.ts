import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { StoreError } from '../errors.ts';
import { AsideDialect } from './aside.ts';
import { guarded } from './connection.ts';
import { toStoreError } from './failures.ts';
import { migrations } from './migrations.ts';
import { PatientDialect } from './patience.ts';
import type { Database } from './schema.ts';

/** The database as every query sees it. Queries reject with `StoreError` when it fails them. */
export type Store = Kysely<Database>;

/** How long a query waits for another process's write, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/** How much of that SQLite may wait itself, which holds up everything else. */
const HELD_UP_MS = 10;

const MEMORY = ':memory:';

export interface OpenOptions {
  /** How long to wait for another process's lock, in milliseconds; 5000 unless told. */
  readonly busyTimeoutMs?: number;
  /** The schema's history, where it isn't the real one. */
  readonly history?: readonly string[];
}

/** The connection below each store, which Kysely closes only once it has run a query. */
const connections = new WeakMap<Store, SQLite.Database>();

/** The stores beside others. */
const asides = new WeakMap<Store, Store>();

/**
 * Opens the database at `path` (`:memory:` for none), creates or migrates it, and returns it.
 * Throws `StoreError` when it can't be used: the file is no database or another program's,
 * read-only, locked, from a newer version, or on a full disk. A file that can't be used is left as
 * it was.
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  try {
    if (path !== MEMORY) checkFile(path);
    const { busyTimeoutMs: patienceMs = BUSY_TIMEOUT_MS, history = migrations } = options;
    const database = new SQLite(path, { timeout: patienceMs });
    try {
      prepare(database, path, history);
      database.pragma(`busy_timeout = ${HELD_UP_MS}`);
    } catch (error) {
      database.close();
      throw error;
    }
    const dialect = new PatientDialect(guarded(database, path), patienceMs);
    const store = new Kysely<Database>({ dialect });
    connections.set(store, database);
    return store;
  } catch (error) {
    throw toStoreError(path, error);
  }
}

/**
 * The same database through a connection in a thread of its own: for queries that take long, such as
 * a search, so that nothing else waits for them. A database in memory has one connection alone, and
 * is its own. It is closed with the store.
 */
export function asideOf(store: Store): Store {
  const connection = connections.get(store);
  if (connection === undefined || connection.memory) return store;
  const known = asides.get(store);
  if (known !== undefined) return known;
  const aside = new Kysely<Database>({ dialect: new AsideDialect(connection.name) });
  asides.set(store, aside);
  return aside;
}

/** Closes the database; its write-ahead log is folded into the file. */
export async function closeStore(store: Store): Promise<void> {
  await asides.get(store)?.destroy();
  await store.destroy();
  connections.get(store)?.close();
}

/** One folder at a time: in /proc, Node 20's recursive `mkdir` never returns. */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === false) {
    throw Object.assign(new Error(folder), { code: 'ENOTDIR' });
  }
  if (found !== undefined) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** SQLite opens what it may not write without a word, and fails at the first write. */
function checkFile(path: string): void {
  makeFolder(dirname(path));
  accessSync(dirname(path), constants.W_OK);
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' });
  accessSync(path, constants.R_OK | constants.W_OK);
}

function prepare(database: SQLite.Database, path: string, history: readonly string[]): void {
  // In one transaction, so that a database which another process makes right now is seen whole.
  database.transaction(refuseForeign)(database, path, history.length);
  database.pragma('journal_mode = WAL');
  // FULL, since better-sqlite3 defaults WAL to NORMAL, which may lose commits in a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // The version is read again under the lock, as another process may be migrating right now.
  const step = database.transaction(migrateOnce);
  while (versionOf(database) < history.length) step.immediate(database, history);
}

function versionOf(database: SQLite.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function refuseForeign(database: SQLite.Database, path: string, known: number): void {
  const version = versionOf(database);
  if (version > known) {
    throw new StoreError(
      `The database ${path} was written by a newer Paperboy (schema ${version}; this one knows ` +
        `${known}). Update Paperboy, or set PAPERBOY_DATABASE to another file.`,
    );
  }
  const tables = database.prepare('SELECT name FROM sqlite_master LIMIT 1').all();
  if (version === 0 && tables.length > 0) {
    throw new StoreError(
      `The database ${path} belongs to another program. Set PAPERBOY_DATABASE to another file.`,
    );
  }
}

/** Runs the next migration, together with the note that it ran. */
function migrateOnce(database: SQLite.Database, history: readonly string[]): void {
  const version = versionOf(database);
  const next = history[version];
  if (next === undefined) return;
  database.exec(next);
  database.pragma(`user_version = ${version + 1}`);
}
