import type SQLite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { isStoreFailure, toStoreError } from './failures.ts';

/**
 * The connection as Kysely uses it, with every failure of the database itself (a full disk, a lock
 * that stays) turned into a `StoreError` wherever it happens.
 */
export function guarded(database: SQLite.Database, path: string): SqliteDatabase {
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw isStoreFailure(error) ? toStoreError(path, error) : error;
    }
  };
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const statement = guard(() => database.prepare(sql));
    return {
      reader: statement.reader,
      all: (parameters) => guard(() => statement.all(parameters)),
      run: (parameters) => guard(() => statement.run(parameters)),
      // One that is being read row by row can't be begun again meanwhile.
      iterate: (parameters) => guard(() => database.prepare(sql).iterate(parameters)),
    };
  };
  return {
    close: () => {
      database.close();
    },
    prepare(sql) {
      if (sql === 'rollback' && !database.inTransaction) return NOTHING;
      const statement = prepared.get(sql) ?? prepare(sql);
      prepared.delete(sql);
      prepared.set(sql, statement);
      const [oldest = ''] = prepared.keys();
      if (prepared.size > PREPARED_MAX) prepared.delete(oldest);
      return statement;
    },
  };
}

/** So many statements are kept, the newest used; the bot's own are about 150, each a few kilobytes. */
const PREPARED_MAX = 256;

/**
 * Stands in for the rollback of a transaction that SQLite has already rolled back, as it does when
 * the disk is full: a second rollback would fail and hide the first error.
 */
const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};
