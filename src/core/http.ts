import { setTimeout as delay } from 'node:timers/promises';
import { SourceError } from './errors.ts';
import { attempt } from './http/attempt.ts';
import type { Limits } from './http/attempt.ts';
import { headersOf, locate } from './http/request.ts';
import { backOff, LONGEST_WAIT_MS } from './http/waits.ts';

/** Outgoing HTTP, the only way to the network. */
export interface Http {
  /**
   * Resolves with a 2xx reply alone, or with one of `alsoStatuses`. Rejects only with `SourceError`:
   * `not-found` (404, 410), `refused` (other 4xx, and a redirect that we don't follow),
   * `rate-limited` (429, with `retryAfterMs` where the server named a wait), `unreachable` (network,
   * timeout, 5xx, and "cancelled" when the caller's signal aborts) or `unreadable` (larger than we
   * accept).
   */
  get(url: string | URL, options?: CallOptions): Promise<HttpReply>;
  /**
   * As `get`, with a value that is sent as JSON: for what may be sent twice, since it is tried again
   * in the same way. No redirect is followed.
   */
  post(url: string | URL, value: unknown, options?: CallOptions): Promise<HttpReply>;
}

interface CallOptions {
  /** Gives up at once, whatever is under way: a request, its body or a wait between attempts. */
  readonly signal?: AbortSignal;
  /** Sent to this host alone: a redirect to another host is not followed. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The `Accept` header; anything by default. */
  readonly accept?: string;
  /** How often this call is tried in all, where the client's default would be wrong. */
  readonly attempts?: number;
  /** Statuses outside 2xx whose reply resolves all the same, since its body says what is wrong. */
  readonly alsoStatuses?: readonly number[];
}

export interface HttpReply {
  /** From 200 to 299, or one of `alsoStatuses`. */
  readonly status: number;
  readonly headers: Headers;
  /** Decoded from UTF-8. */
  readonly body: string;
}

export interface HttpOptions {
  /** Names us with a contact address; sent with every request. */
  readonly userAgent: string;
  /** For one attempt with its redirects, body included. */
  readonly timeoutMs?: number;
  /** Of one body, after decompression. */
  readonly maxBytes?: number;
  /** How often one call is tried in all. */
  readonly attempts?: number;
  /** Waits; rejects or resolves early when the signal aborts. Tests pass one that returns at once. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1, for the jitter. */
  readonly random?: () => number;
}

/** The slowest good answers (search) take some seconds; 15 s tells a hang from those. */
const TIMEOUT_MS = 15_000;

/** A daily list of 50 papers is 0.4 MB and 2,000 arXiv entries are 5 MB. */
const MAX_BYTES = 10_000_000;

const ATTEMPTS = 3;

/**
 * Makes the client that all sources share. It tries again after network errors, timeouts, 408, 429
 * and 5xx, waiting as long as the server asks (`Retry-After`, `RateLimit`) or, unasked, by
 * exponential back-off with full jitter. A wait of over a minute is not waited for: it rejects
 * with `retryAfterMs`, so that the caller can plan.
 */
export function createHttp(options: HttpOptions): Http {
  const { userAgent, sleep = pause, random = Math.random, attempts = ATTEMPTS } = options;
  const limits: Limits = {
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    maxBytes: options.maxBytes ?? MAX_BYTES,
  };
  const send = async (
    address: string | URL,
    { signal, headers, accept = '*/*', ...call }: CallOptions,
    body?: string,
  ): Promise<HttpReply> => {
    const url = locate(address);
    const type = body !== undefined && { 'content-type': 'application/json' };
    const request = {
      url,
      headers: headersOf({ ...headers, ...type, accept, 'user-agent': userAgent }),
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
      ...(call.alsoStatuses && { alsoStatuses: call.alsoStatuses }),
    };
    for (let tried = 1; ; tried++) {
      throwIfCancelled(url, signal);
      try {
        return await attempt(request, limits);
      } catch (error) {
        throwIfCancelled(url, signal);
        if (tried >= (call.attempts ?? attempts) || !isWorthRetrying(error)) throw error;
        await sleepUnlessAborted(backOff(tried, error.retryAfterMs, random), sleep, signal);
      }
    }
  };
  return {
    get: (address, options = {}) => send(address, options),
    post: (address, value, options = {}) => send(address, options, JSON.stringify(value)),
  };
}

function isWorthRetrying(error: unknown): error is SourceError {
  return (
    error instanceof SourceError &&
    (error.kind === 'unreachable' || error.kind === 'rate-limited') &&
    (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS
  );
}

function throwIfCancelled(url: URL, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new SourceError('unreachable', `${url.host}${url.pathname}: cancelled`, {
    cause: signal.reason,
  });
}

async function sleepUnlessAborted(
  ms: number,
  sleep: NonNullable<HttpOptions['sleep']>,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    // An aborted wait is told as a cancelled call, by the check before the next attempt.
    if (!signal?.aborted) throw error;
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal && { signal });
}
