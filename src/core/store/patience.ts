import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
} from 'kysely';
import { StoreError } from '../errors.ts';

/** From one attempt to the next, in milliseconds. */
const RETRY_MS = 20;

/**
 * SQLite that waits for another process's lock without holding up the event loop, which SQLite's
 * own `busy_timeout` does. A transaction takes its lock as it begins, where it can still wait: one
 * that only finds out at its first write would have to be begun anew.
 */
export class PatientDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  readonly #patienceMs: number;

  constructor(database: SqliteDatabase, patienceMs: number) {
    super({ database });
    this.#database = database;
    this.#patienceMs = patienceMs;
  }

  override createDriver(): SqliteDriver {
    return new PatientDriver(this.#database, this.#patienceMs);
  }
}

class PatientDriver extends SqliteDriver {
  readonly #patienceMs: number;

  constructor(database: SqliteDatabase, patienceMs: number) {
    super({ database });
    this.#patienceMs = patienceMs;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return patient(await super.acquireConnection(), this.#patienceMs);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function patient(connection: DatabaseConnection, patienceMs: number): DatabaseConnection {
  return {
    streamQuery: (query, size) => connection.streamQuery(query, size),
    async executeQuery<Row>(query: CompiledQuery) {
      for (let waited = 0; ; waited += RETRY_MS) {
        try {
          return await connection.executeQuery<Row>(query);
        } catch (error) {
          if (!isLocked(error) || waited >= patienceMs) throw error;
          await delay(RETRY_MS);
        }
      }
    },
  };
}

function isLocked(error: unknown): boolean {
  const { cause } = error instanceof StoreError ? error : {};
  return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY';
}
