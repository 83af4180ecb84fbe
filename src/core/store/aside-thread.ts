import { parentPort, workerData } from 'node:worker_threads';
import SQLite from 'better-sqlite3';
import { messageOf, StoreError } from '../errors.ts';
import type { Answer, Question } from './aside-asker.ts';
import { guarded } from './connection.ts';

/** How long a query waits for another connection's write, in milliseconds: it holds up nobody here. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * In KiB. What is written here is hardly read again: better-sqlite3's 16 MB would fill with it in some
 * weeks (a long run grew by as much, and its heap by nothing).
 */
const CACHE_KIB = 2_000;

const path = String(workerData);
const connection = new SQLite(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
connection.pragma('synchronous = FULL');
connection.pragma('foreign_keys = ON');
connection.pragma(`cache_size = -${CACHE_KIB}`);
const database = guarded(connection, path);

parentPort?.on('message', (question: Question | undefined) => {
  if (question === undefined) {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(question));
});

function answerTo({ sql, parameters }: Question): Answer {
  try {
    const statement = database.prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) };
    return { rows: [], changes: Number(statement.run(parameters).changes) };
  } catch (error) {
    const isStore = error instanceof StoreError;
    const cause = isStore ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return { rows: [], failure: { message: messageOf(cause), code, isStore } };
  }
}
