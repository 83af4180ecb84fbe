import { messageOf, StoreError } from '../errors.ts';

/** What to do about each failure, by the start of SQLite's or the file system's code. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'is not an SQLite database. Set PAPERBOY_DATABASE to another file.',
  SQLITE_READONLY: 'is read-only. Give this user the right to write the file and its folder.',
  SQLITE_CANTOPEN: 'can’t be opened. Check that its folder exists and may be written.',
  SQLITE_BUSY: 'is locked by another process. Stop the other Paperboy, or wait for it to finish.',
  SQLITE_LOCKED: 'is locked by another process. Stop the other Paperboy, or wait for it to finish.',
  SQLITE_FULL: 'can’t grow: the disk is full. Free some space; nothing was lost.',
  SQLITE_IOERR: 'can’t be read or written: the disk answers with an error. Check the disk.',
  SQLITE_CORRUPT: 'is damaged. Restore a backup, or recover it with sqlite3’s .recover.',
  EACCES: 'is read-only. Give this user the right to write the file and its folder.',
  EPERM: 'is read-only. Give this user the right to write the file and its folder.',
  EROFS: 'is on a read-only disk. Set PAPERBOY_DATABASE to a file that may be written.',
  ENOSPC: 'can’t grow: the disk is full. Free some space; nothing was lost.',
  ENOENT:
    'can’t be made: its folder may not be created there. Set PAPERBOY_DATABASE to another file.',
  EISDIR: 'is a folder. Set PAPERBOY_DATABASE to a file.',
  ENOTDIR: 'can’t be made: a part of its path is a file. Set PAPERBOY_DATABASE to another file.',
  EEXIST: 'can’t be made: a part of its path is a file. Set PAPERBOY_DATABASE to another file.',
};

/** A failed open, read or write as a `StoreError` that says in one line what to do. */
export function toStoreError(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const advice = adviceOn(error) ?? `can’t be used: ${messageOf(error)}`;
  return new StoreError(`The database ${path} ${advice}`, { cause: error });
}

/** Whether the database, not the query, is to blame. A broken constraint is the query's fault. */
export function isStoreFailure(error: unknown): boolean {
  return adviceOn(error) !== undefined;
}

function adviceOn(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return Object.entries(EXPLANATIONS).find(([start]) => code.startsWith(start))?.[1];
}
