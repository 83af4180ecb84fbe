import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One way in which a server misbehaves, instead of its handler's answer. */
export type Fault =
  /** 429; `reset` is the `t` (seconds) of a RateLimit header, `retryAfter` the whole header. */
  | { readonly kind: 'rate-limit'; readonly reset?: number; readonly retryAfter?: string }
  /** Any status, with a short text body. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends headers and the start of the body, then nothing more. */
  | { readonly kind: 'hang-body' }
  /** Breaks the connection before any answer. */
  | { readonly kind: 'reset' }
  /** Breaks the connection in the middle of the body. */
  | { readonly kind: 'cut' }
  /** A whole reply whose JSON ends too early. */
  | { readonly kind: 'truncated' }
  /** A 200 with a web page, as a login wall or a maintenance page is. */
  | { readonly kind: 'html' }
  /** A huge 200; chunked, without content-length, unless `declared`. */
  | { readonly kind: 'huge'; readonly bytes?: number; readonly declared?: boolean }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number };

interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** `performance.now()` at its arrival, in milliseconds. */
  readonly at: number;
}

export interface TestServer {
  /** Without a trailing slash: `http://127.0.0.1:12345`. */
  readonly url: string;
  /** Every request in order of arrival, those met by a fault included. */
  readonly requests: readonly RecordedRequest[];
  /** Answers the next `times` requests with the fault; faults queue up in order. */
  fail(fault: Fault, times?: number): void;
  close(): Promise<void>;
}

/** Starts a real HTTP server on 127.0.0.1 (a free port unless given) that can be told to fail. */
export async function startServer(handler: RequestListener, port = 0): Promise<TestServer> {
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, at: performance.now() });
    const fault = faults.shift();
    if (fault) misbehave(fault, response);
    else handler(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail(fault, times = 1) {
      for (let count = 0; count < times; count++) faults.push(fault);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Answers with a body; JSON unless another type is named. */
export function reply(
  response: ServerResponse,
  body: string,
  options: { readonly status?: number; readonly type?: string } = {},
): void {
  response.writeHead(options.status ?? 200, {
    'content-type': options.type ?? 'application/json; charset=utf-8',
  });
  response.end(body);
}

const HALF_JSON = '[{"paper":{"id":"2608.00001","title":"Half a rep';

function misbehave(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'rate-limit':
      rateLimit(fault, response);
      break;
    case 'status':
      response.writeHead(fault.status, { ...fault.headers });
      response.end(fault.body ?? `status ${fault.status}`);
      break;
    case 'hang':
      break;
    case 'hang-body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(HALF_JSON);
      break;
    case 'reset':
      response.destroy();
      break;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write(HALF_JSON, () => response.destroy());
      break;
    case 'truncated':
      reply(response, HALF_JSON);
      break;
    case 'html':
      reply(response, '<!doctype html><title>Back soon</title>', { type: 'text/html' });
      break;
    case 'huge':
      huge(fault, response);
      break;
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.location });
      response.end();
      break;
  }
}

function rateLimit(
  fault: { readonly reset?: number; readonly retryAfter?: string },
  response: ServerResponse,
): void {
  response.writeHead(429, {
    ...(fault.reset !== undefined && { ratelimit: `"api";r=0;t=${fault.reset}` }),
    ...(fault.retryAfter !== undefined && { 'retry-after': fault.retryAfter }),
  });
  response.end('Too Many Requests');
}

function huge(
  fault: { readonly bytes?: number; readonly declared?: boolean },
  response: ServerResponse,
): void {
  const bytes = fault.bytes ?? 20_000_000;
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(fault.declared && { 'content-length': String(bytes) }),
  });
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let left = bytes;
  function pump(): void {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, chunk.length);
      left -= size;
      if (!response.write(chunk.subarray(0, size))) {
        response.once('drain', pump);
        return;
      }
    }
    response.end();
  }
  pump();
}
