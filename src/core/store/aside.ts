import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
} from 'kysely';
import { createAsker, type Asker } from './aside-asker.ts';

/** Kysely over a connection that lives in a thread of its own, so that no query holds up this one. */
export class AsideDialect extends SqliteDialect {
  readonly #path: string;

  constructor(path: string) {
    super({ database: NONE });
    this.#path = path;
  }

  override createDriver(): SqliteDriver {
    return new AsideDriver(createAsker(this.#path));
  }
}

/** Here is no connection to be used. */
const NONE: SqliteDatabase = {
  close: () => undefined,
  prepare: () => {
    throw new Error('The database is in another thread: this is a bug.');
  },
};

/** One query or transaction at a time, as SQLite's own driver has it. */
class AsideDriver extends SqliteDriver {
  readonly #asker: Asker;

  constructor(asker: Asker) {
    super({ database: NONE });
    this.#asker = asker;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await super.acquireConnection();
    return connectionOf(this.#asker);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async destroy(): Promise<void> {
    await this.#asker.close();
  }
}

function connectionOf(asker: Asker): DatabaseConnection {
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, changes } = await asker.ask(sql, parameters);
      return {
        rows: rows as Row[],
        ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
      };
    },
    streamQuery: () => {
      throw new Error('A query in another thread can’t be read row by row: this is a bug.');
    },
  };
}
