import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { StoreError } from '../errors.ts';
import { toStoreError } from './failures.ts';

/**
 * Copies the database at `path` to the new file `target`, whole and as of one moment, while others
 * go on using it, and resolves with its size in bytes. The copy gets its name once it is complete
 * and has been checked. Rejects with
 * `StoreError` where there is no database, the file exists already, or it can't be written.
 */
export async function backUp(path: string, target: string): Promise<number> {
  if (!existsSync(path)) throw new StoreError(`There is no database at ${path} to back up.`);
  if (existsSync(target)) {
    throw new StoreError(`${target} exists already. Name a new file; nothing was overwritten.`);
  }
  const part = `${target}.part`;
  try {
    const database = new SQLite(path, { readonly: true });
    try {
      await database.backup(part);
    } finally {
      database.close();
    }
    check(part);
    renameSync(part, target);
    return statSync(target).size;
  } catch (error) {
    throw toStoreError(target, error);
  } finally {
    rmSync(part, { force: true });
  }
}

function check(file: string): void {
  const copy = new SQLite(file);
  try {
    // Without a write-ahead log of its own, one file is all that there is to keep.
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new StoreError(`The copy ${file} is damaged: ${String(found)}`);
  } finally {
    copy.close();
  }
}
