import type { Worker } from 'node:worker_threads';
import { StoreError } from '../errors.ts';
import { startThread } from '../thread.ts';
import { toStoreError } from './failures.ts';

/** One query for the thread; none closes its connection. */
export interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Its rows, or how many it changed; or what failed, and whether that is the database's fault. */
export interface Answer {
  readonly rows: readonly unknown[];
  readonly changes?: number;
  readonly failure?: { readonly message: string; readonly code: string; readonly isStore: boolean };
}

export interface Asker {
  /** Rejects as the same query would here. */
  ask(sql: string, parameters: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Asks a thread with a connection of its own, which begins with the first query. */
export function createAsker(path: string): Asker {
  let thread: Worker | undefined;
  const waiting: Waiting[] = [];
  const begin = (): Worker => {
    const begun = startThread(new URL('./aside-thread.js', import.meta.url), path);
    const fail = (error: Error) => {
      if (thread === begun) thread = undefined;
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    begun.on('message', (answer: Answer) => {
      const next = waiting.shift();
      if (waiting.length === 0) begun.unref();
      if (answer.failure === undefined) next?.resolve(answer);
      else next?.reject(toError(path, answer.failure));
    });
    begun.on('error', (error) => {
      fail(toStoreError(path, error));
    });
    begun.on('exit', () => {
      fail(new StoreError(`The database ${path} was closed while it was being read.`));
    });
    return begun;
  };
  return {
    ask: (sql, parameters) =>
      new Promise((resolve, reject) => {
        thread ??= begin();
        waiting.push({ resolve, reject });
        // It keeps the process alive only while somebody waits for it.
        thread.ref();
        thread.postMessage({ sql, parameters } satisfies Question);
      }),
    async close() {
      if (thread === undefined) return;
      const ended = new Promise((resolve) => thread?.once('exit', resolve));
      thread.ref();
      thread.postMessage(undefined);
      await ended;
    },
  };
}

function toError(path: string, { message, code, isStore }: NonNullable<Answer['failure']>): Error {
  const error = Object.assign(new Error(message), { code });
  return isStore ? toStoreError(path, error) : error;
}
