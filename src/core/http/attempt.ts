import { messageOf, SourceError } from '../errors.ts';
import type { SourceErrorKind } from '../errors.ts';
import type { HttpReply } from '../http.ts';
import { MAX_REDIRECTS, mayFollow } from './request.ts';
import { askedWait } from './waits.ts';

/** One GET, or a POST where it has a body, ready to be sent as often as needed. */
export interface Request {
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly alsoStatuses?: readonly number[];
}

export interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * Sends the request once, follows its redirects and reads the body, all within the time limit.
 * Rejects only with `SourceError`, also when the caller's signal aborts.
 */
export async function attempt(request: Request, limits: Limits): Promise<HttpReply> {
  const { url, signal } = request;
  const abort = new AbortController();
  const onAbort = (): void => {
    abort.abort(signal?.reason);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const late = new Error(`no answer within ${limits.timeoutMs / 1000} s`);
  const timer = setTimeout(() => {
    abort.abort(late);
  }, limits.timeoutMs);
  try {
    const reply = await send(request, abort.signal);
    const body = await read(reply, placeOf(url), limits.maxBytes);
    return { status: reply.status, headers: reply.headers, body };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError('unreachable', `${placeOf(url)}: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Host and path: what an error may name. A query may hold a secret. */
function placeOf(url: URL): string {
  return `${url.host}${url.pathname}`;
}

/** Behind `fetch failed` stands the real reason. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (typeof code === 'string') return `the connection failed (${code})`;
  return cause instanceof Error ? cause.message : messageOf(error);
}

async function send(request: Request, signal: AbortSignal): Promise<Response> {
  let { url } = request;
  const { headers, body } = request;
  const sent = {
    headers,
    redirect: 'manual',
    signal,
    ...(body !== undefined && POST(body)),
  } as const;
  for (let followed = 0; ; followed++) {
    const reply = await fetch(url, sent);
    if (reply.ok || request.alsoStatuses?.includes(reply.status)) return reply;
    await reply.body?.cancel();
    const to = redirectOf(reply, url);
    if (!to) throw failureOf(reply, url);
    if (followed >= MAX_REDIRECTS) {
      throw new SourceError('refused', `${placeOf(url)}: more than ${MAX_REDIRECTS} redirects`);
    }
    if (body !== undefined || !mayFollow(url, to)) {
      const message = `${placeOf(url)} answered ${reply.status} to ${to.origin}, which is not followed`;
      throw new SourceError('refused', message);
    }
    url = to;
  }
}

const POST = (body: string) => ({ method: 'POST', body });

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectOf(reply: Response, from: URL): URL | undefined {
  const location = REDIRECTS.has(reply.status) ? reply.headers.get('location') : null;
  return location !== null && URL.canParse(location, from.href)
    ? new URL(location, from)
    : undefined;
}

function failureOf(reply: Response, url: URL): SourceError {
  const retryAfterMs = askedWait(reply.headers);
  const message = `${placeOf(url)} answered ${reply.status}`;
  return new SourceError(kindOf(reply.status), message, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function kindOf(status: number): SourceErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 404 || status === 410) return 'not-found';
  return status >= 500 || status === 408 ? 'unreachable' : 'refused';
}

async function read(reply: Response, place: string, maxBytes: number): Promise<string> {
  const tooLarge = new SourceError('unreadable', `${place} sent more than ${maxBytes} bytes`);
  if (Number(reply.headers.get('content-length')) > maxBytes) {
    await reply.body?.cancel();
    throw tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> | null = reply.body;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
