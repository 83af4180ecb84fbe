import { DefaultRestOptions, RateLimitError, REST, RequestMethod } from 'discord.js';
import type { RateLimitData, RESTOptions } from 'discord.js';
import { DeliveryError, following } from '../core/index.ts';
import { toDeliveryError, WAIT_MARGIN_MS } from './errors.ts';
import type { Health } from './health.ts';
import { createPace } from './pace.ts';
import { quotaAsRefusal } from './quotas.ts';
import type { DiscordSettings } from './settings.ts';
import { createWaits } from './waits.ts';

const METHODS = {
  DELETE: RequestMethod.Delete,
  GET: RequestMethod.Get,
  PATCH: RequestMethod.Patch,
  POST: RequestMethod.Post,
  PUT: RequestMethod.Put,
};

export interface Call {
  readonly method: keyof typeof METHODS;
  /** As discord.js's `Routes` give it. */
  readonly path: `/${string}`;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly signal?: AbortSignal;
  /** An answer to an interaction: it carries its own token, and waits for no limit of the bot's. */
  readonly isAnswer?: boolean;
}

/** Asks Discord once. Rejects with what discord.js throws, or with `DeliveryError` when we stop. */
export type Ask = <Result>(call: Call) => Promise<Result>;

/**
 * The longest wait for a bucket that discord.js may do by itself: a channel's takes 5 messages in
 * 5 s. For anything longer the delivery goes back into the core's queue.
 */
const LONGEST_WAIT_MS = 6_000;

/** Discord's REST side. Nothing is ever sent again by itself: that is for us to decide. */
export function createAsk(settings: DiscordSettings, health: Health): Ask {
  const rest = new REST(restOptions(settings, health)).setToken(settings.token);
  // Apart, since a global limit of the bot's would hold back answers too.
  const answers = new REST(restOptions(settings, health));
  const pace = createPace(settings.requestsPerSecond);
  const waits = createWaits(settings.clock);
  const check = (request: string) => {
    health.check();
    waits.check(request);
  };
  return async <Result>({ method, path, query, body, signal, isAnswer = false }: Call) => {
    const request = `${method} ${path}`;
    if (!isAnswer) {
      check(request);
      await pace.turn(signal).catch(callOff);
      check(request);
    }
    const done = health.begin();
    const options = {
      method: METHODS[method],
      fullRoute: path,
      auth: !isAnswer,
      ...(query && { query: new URLSearchParams(query) }),
      ...(body && { body }),
    };
    const send = (own?: AbortSignal) =>
      (isAnswer ? answers : rest).request({ ...options, ...(own && { signal: own }) });
    try {
      return (await (signal === undefined ? send() : following(signal, send))) as Result;
    } catch (error) {
      // discord.js forgets it where the answer also named another bucket than it had expected.
      if (error instanceof RateLimitError) {
        waits.note(request, toDeliveryError(error));
        if (error.global) pace.hold(error.retryAfter);
      }
      throw error;
    } finally {
      done();
    }
  };
}

/** What was called off before its turn was surely not sent. */
function callOff(): never {
  throw new DeliveryError('unavailable', 'The request was called off.');
}

/** discord.js's REST settings, for our own requests and for those of its client. */
export function restOptions(
  { apiUrl, timeoutMs = 15_000 }: DiscordSettings,
  health: Health,
): Partial<RESTOptions> {
  const refused = new Set<string>();
  return {
    ...(apiUrl !== undefined && { api: apiUrl }),
    retries: 0,
    timeout: timeoutMs,
    offset: WAIT_MARGIN_MS,
    // Our own pace is slower, and even.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    async makeRequest(url, init) {
      const answer = await DefaultRestOptions.makeRequest(url, init);
      const scope = answer.headers.get('x-ratelimit-scope');
      health.note(answer.status, scope, isAuthorized(init.headers));
      const response = await quotaAsRefusal(answer);
      if (response.status === 429) refused.add(url);
      return response;
    },
    // After a 429 discord.js would send the same again without end; a wait that it foresees is none.
    rejectOnRateLimit: ({ url, retryAfter }: RateLimitData) =>
      refused.delete(url) || retryAfter > LONGEST_WAIT_MS,
  };
}

type Headers = Parameters<RESTOptions['makeRequest']>[1]['headers'];

function isAuthorized(headers: Headers): boolean {
  return JSON.stringify(headers ?? {}).includes('"Authorization"');
}
