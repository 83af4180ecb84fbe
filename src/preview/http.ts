import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';

/** The longest request body; a command is a line, so anything longer is a mistake. */
const MAX_BODY_BYTES = 64 * 1024;

/** A request that can't be answered; the message is shown to whoever sent it. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Sends a whole answer. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

/** Begins an endless answer of server-sent events. */
export function sendEvents(response: ServerResponse): void {
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': 'text/event-stream' });
  response.flushHeaders();
}

const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i;

/**
 * Refuses what another web site could make the reader's browser send: a name that was rebound to
 * 127.0.0.1 shows in Host, a foreign page in Origin. Rejects with `RequestError`.
 */
export function guard({ headers, method }: IncomingMessage): void {
  const { host, origin } = headers;
  if (host === undefined || !LOCAL_HOST.test(host)) {
    throw new RequestError(403, 'Open this page as http://127.0.0.1 or http://localhost.');
  }
  if (method !== 'POST') return;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new RequestError(403, 'Only this page may send commands.');
  }
  // A form of another site can't send JSON without the browser asking us first.
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new RequestError(415, 'Send JSON, as application/json.');
  }
}

/** The request's body in the shape of `schema`. Rejects with `RequestError`. */
export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(toJson(await readBody(request)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RequestError(400, `Unexpected body: ${problems.join('; ')}`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would destroy the connection before the sender reads our refusal.
  const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RequestError(413, 'The body is over 64 kB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestError(400, 'The body is not JSON.');
  }
}
