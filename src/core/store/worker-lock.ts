import SQLite from 'better-sqlite3';
import { StoreError } from '../errors.ts';
import type { Instant } from '../paper.ts';
import { beside } from './beside.ts';
import { toStoreError } from './failures.ts';
import type { Store } from './open.ts';
import { getMemory, setMemory } from './platform-memory.ts';

/** Who serves the database: told to a second process, which must not. */
export interface Worker {
  readonly pid: number;
  readonly host: string;
  readonly since: Instant;
}

/** Keeps other processes from serving the database; the system frees it when this process dies. */
export interface WorkerLock {
  release(): void;
}

/** Where the worker's name stands among what platforms remember. */
const PLACE = ['paperboy', 'worker'] as const;

/**
 * Makes this process the one that posts what the database at `path` plans. Rejects with
 * `StoreError`, which names the other process when one does already.
 */
export async function takeWorkerLock(
  store: Store,
  path: string,
  worker: Worker,
): Promise<WorkerLock> {
  const file = await lockOf(store, path);
  const release = () => {
    file.close();
  };
  try {
    await setMemory(store, ...PLACE, JSON.stringify(worker));
  } catch (error) {
    release();
    throw error;
  }
  return { release };
}

async function lockOf(store: Store, path: string): Promise<SQLite.Database> {
  const place = path === ':memory:' ? path : beside(path, '.lock');
  try {
    return lock(place);
  } catch (error) {
    throw isHeld(error) ? await refusal(store, path, error) : toStoreError(place, error);
  }
}

/** A file of its own: its lock is held for as long as we run, and must not keep readers out. */
function lock(place: string): SQLite.Database {
  const file = new SQLite(place, { timeout: 0 });
  try {
    // Unlike a process id in a file, this lock can't outlive its process.
    file.pragma('locking_mode = EXCLUSIVE');
    file.exec('BEGIN EXCLUSIVE');
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** A lock that can't be had for another reason, such as a full disk, is nobody's. */
function isHeld(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

async function refusal(store: Store, path: string, cause: unknown): Promise<StoreError> {
  const known = await getMemory(store, ...PLACE);
  const { pid, host, since } = JSON.parse(known ?? '{}') as Partial<Worker>;
  const who = pid === undefined ? '' : ` (process ${pid} on ${host ?? '?'}, since ${since ?? '?'})`;
  return new StoreError(
    `Another Paperboy already serves the database ${path}${who}. ` +
      'Stop it first, or set PAPERBOY_DATABASE to another file.',
    { cause },
  );
}
