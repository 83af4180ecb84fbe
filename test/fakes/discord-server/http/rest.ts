import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, apiError, unauthorized } from '../errors.ts';
import { checkForm } from '../limits/form.ts';
import type { OpenApi } from '../openapi.ts';
import type { World } from '../world.ts';
import { jsonOf, readBody, type ReadBody } from './body.ts';
import type { FaultQueue, RestFault } from './faults.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import type { RateLimits, Scope, Verdict } from './rate-limits.ts';
import { findRoute, majorOf, type Answer, type Route } from './route.ts';

/** One request as it came, and what it was answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Decoded, without `/api/v10` and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  readonly files: ReadBody['files'];
  /** The server's clock at its arrival, in milliseconds. */
  readonly at: number;
  /** Undefined until answered, and where a fault broke the answer. */
  status?: number;
  /** Discord's error code, where the answer has one. */
  code?: number;
  /** Of an answer with status 429. */
  scope?: Scope;
}

export interface Rest {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly requests: RecordedRequest[];
  readonly faults: FaultQueue;
  readonly limits: RateLimits;
  readonly invalid: InvalidRequests;
  readonly openApi: OpenApi;
  /** Faults of the server itself: a test should expect none. */
  readonly crashes: unknown[];
}

interface Outcome extends Answer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly scope?: Scope;
}

const PREFIX = /^\/api\/v10(?=\/)/;

/** Answers one request, with the fault that waits for it. */
export async function handle(
  rest: Rest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const recorded = record(rest, request, body);
  rest.requests.push(recorded);
  const fault = rest.faults.take(`${recorded.method} ${recorded.path}`);
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const acts = !fault || fault.kind === 'delay' || fault.kind === 'rate-limit' || fault.acted;
  const outcome = acts ? decide(rest, recorded, body, fault) : undefined;
  if (fault?.kind === 'reset') response.destroy();
  else if (fault?.kind === 'status') answer(rest, recorded, response, statusOf(fault));
  else if (fault?.kind !== 'hang' && outcome) answer(rest, recorded, response, outcome);
}

function record(rest: Rest, request: IncomingMessage, body: ReadBody): RecordedRequest {
  const url = new URL(request.url ?? '/', 'http://localhost');
  return {
    method: request.method ?? '',
    path: decodeURIComponent(url.pathname).replace(PREFIX, ''),
    query: url.searchParams,
    headers: request.headers,
    body: body.json,
    files: body.files,
    at: rest.world.clock.now(),
  };
}

function statusOf({ status, code }: RestFault & { kind: 'status' }): Outcome {
  if (code === undefined) return { status, body: `status ${status}` };
  return { status, body: { message: `Error ${code}`, code } };
}

function answer(
  rest: Rest,
  recorded: RecordedRequest,
  response: ServerResponse,
  { status, body, headers = {}, scope }: Outcome,
): void {
  recorded.status = status;
  const { code } = (typeof body === 'object' ? (body ?? {}) : {}) as { code?: number };
  if (code !== undefined) recorded.code = code;
  if (scope) recorded.scope = scope;
  rest.invalid.note(status, scope === 'shared');
  if (response.destroyed) return;
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-type': type }) });
  response.end(status === 204 || typeof body === 'string' ? body : JSON.stringify(body));
}

function decide(
  rest: Rest,
  recorded: RecordedRequest,
  body: ReadBody,
  fault: RestFault | undefined,
): Outcome {
  if (rest.invalid.blocked) return CLOUDFLARE;
  const found = findRoute(rest.routes, recorded.method, recorded.path);
  if (!found) return failed(apiError(0));
  const { route, params } = found;
  if (route.auth && !isAuthorized(rest.world, recorded)) return failed(unauthorized());
  const name = `${route.method} ${route.pattern}`;
  const major = majorOf(params);
  if (fault?.kind === 'rate-limit') rest.limits.hold(name, major, fault.scope, fault.retryAfterMs);
  const verdict = rest.limits.take(name, major, route.auth);
  if (verdict.wait) return tooMany(verdict, verdict.wait);
  return { headers: verdict.headers, ...run(rest, recorded, body, route, params) };
}

/** What a blocked address gets, from the shield before Discord: no JSON, no headers of limits. */
const CLOUDFLARE: Outcome = {
  status: 429,
  body: 'error code: 1015',
  headers: { 'retry-after': '600', server: 'cloudflare' },
};

function isAuthorized({ token }: World, { headers }: RecordedRequest): boolean {
  return token.valid && headers.authorization === `Bot ${token.value}`;
}

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit */
function tooMany({ headers }: Verdict, { ms, scope }: NonNullable<Verdict['wait']>): Outcome {
  const global = scope === 'global';
  return {
    status: 429,
    scope,
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(ms / 1_000)),
      'x-ratelimit-scope': scope,
      via: '1.1 google',
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
    body: { message: 'You are being rate limited.', retry_after: ms / 1_000, global },
  };
}

function run(
  rest: Rest,
  recorded: RecordedRequest,
  body: ReadBody,
  route: Route,
  params: Readonly<Record<string, string>>,
): Outcome {
  const { world } = rest;
  const { query, at } = recorded;
  try {
    const given = jsonOf(body);
    const checked = route.body ? checkForm(route.body, given) : undefined;
    if (given !== undefined) rest.openApi.check(recorded.method, recorded.path, given);
    return route.handle({ world, params, query, body: checked, files: body.files, at });
  } catch (error) {
    if (error instanceof ApiError) return failed(error);
    rest.crashes.push(error);
    return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
  }
}

function failed({ status, body }: ApiError): Outcome {
  const wait = body['retry_after'];
  if (status !== 429 || typeof wait !== 'number') return { status, body };
  const headers = { 'retry-after': String(Math.ceil(wait)), 'x-ratelimit-scope': 'user' };
  return { status, body, headers, scope: 'user' };
}
