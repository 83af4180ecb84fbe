import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SourceError } from '../../../src/core/errors.ts';
import type { Paper } from '../../../src/core/paper.ts';
import type { PaperSource } from '../../../src/core/sources/source.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpSource {
  readonly source: PaperSource;
  /** Paths and queries asked for, in order. */
  readonly asked: string[];
  /** Resolves when the client has hung up on a request that was not answered. */
  readonly hungUp: Promise<void>;
  close(): Promise<void>;
}

/** Answers every request with these papers. */
export function papersAnswer(...papers: readonly Paper[]): Answer {
  return (_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(papers));
  };
}

export function statusAnswer(status: number): Answer {
  return (_, response) => {
    response.writeHead(status).end('no');
  };
}

/** Takes the request and never says a word. */
export function hangAnswer(): void {
  // Nothing: the client has to give up.
}

/** A source that asks a real server on this machine, which answers as told. */
export async function startHttpSource(name: string, answer: Answer): Promise<HttpSource> {
  const asked: string[] = [];
  const { promise: hungUp, resolve } = withResolver();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.on('close', () => {
      if (!response.writableEnded) resolve();
    });
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    source: createSource(name, base),
    asked,
    hungUp,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {
    // Replaced below, before anybody can call it.
  };
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function createSource(name: string, base: string): PaperSource {
  const ask = async (path: string, signal?: AbortSignal): Promise<Paper[]> => {
    const reply = await fetch(new URL(path, base), signal ? { signal } : {}).catch(
      (error: unknown) => {
        throw new SourceError('unreachable', `${name} could not be reached`, { cause: error });
      },
    );
    if (reply.status === 429) throw new SourceError('rate-limited', `${name} answered 429`);
    if (!reply.ok) throw new SourceError('unreachable', `${name} answered ${reply.status}`);
    return (await reply.json()) as Paper[];
  };
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    day: () => ({ kind: 'quiet', reason: 'weekend' }),
    fetch: () => Promise.resolve({ papers: [], skipped: [] }),
    find: async (id, signal) => (await ask(`find?id=${encodeURIComponent(id)}`, signal))[0],
    search: async (query, limit, signal) => {
      const path = `search?${new URLSearchParams({ q: query, limit: String(limit) }).toString()}`;
      return { papers: await ask(path, signal), skipped: [] };
    },
  };
}
