import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './faults.ts';
import { readArgs, sendJson } from './http.ts';
import { exchange } from './installs.ts';
import type { Json } from './json.ts';
import type { Limits, Verdict } from './limits.ts';
import { textArg } from './methods/call.ts';
import { methods } from './methods/index.ts';
import { misbehave, refuseForNow, sitOut } from './misbehave.ts';
import { Refusal } from './refusal.ts';
import { APP, installOf, type Install, type World } from './world.ts';

/** A call as it came. */
export interface ApiCall {
  readonly method: string;
  readonly args: Json;
  /** The workspace whose token it carried. */
  readonly team?: string;
  /** Unix time in milliseconds, on the server's clock. */
  readonly at: number;
}

export interface WebApi {
  readonly calls: readonly ApiCall[];
  /** Calls answered 429 by the limits, not by a fault that a test ordered. */
  readonly limited: readonly ApiCall[];
  answer(method: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface WebApiParts {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly rotates: boolean;
  /** The address of a new Socket Mode connection. */
  openConnection(): string;
}

const POSTS = new Set(['chat.postMessage']);

/** Answers `POST /api/<method>` as slack.com does. */
export function createWebApi(parts: WebApiParts): WebApi {
  const { world, faults, limits } = parts;
  const calls: ApiCall[] = [];
  const limited: ApiCall[] = [];

  async function answer(method: string, request: IncomingMessage, response: ServerResponse) {
    const args = await readArgs(request);
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? textArg(args, 'token');
    const install = installOf(world, token);
    const call: ApiCall = {
      method,
      args,
      at: world.clock.now(),
      ...(install !== undefined && { team: install.team }),
    };
    calls.push(call);
    const fault = await sitOut(faults.take(method, install?.team, textArg(args, 'channel')));
    if (fault !== undefined && fault.posted !== true) {
      misbehave(fault, response);
      return;
    }
    const verdict = judge(call);
    if (typeof verdict === 'object') {
      limited.push(call);
      refuseForNow(response, verdict.retryAfter);
      return;
    }
    const result = run(parts, call, token, install, verdict === 'hidden');
    // https://docs.slack.dev/authentication/installing-with-oauth#scopes
    const scopes = install !== undefined && { 'x-oauth-scopes': install.scopes };
    if (fault === undefined) sendJson(response, result, 200, { ...scopes });
    else misbehave(fault, response);
  }

  function judge({ method, args, team = '' }: ApiCall): Verdict {
    return POSTS.has(method)
      ? limits.post(team, textArg(args, 'channel'))
      : limits.call(method, team);
  }

  return { calls, limited, answer };
}

function run(
  parts: WebApiParts,
  { method, args }: ApiCall,
  token: string,
  install: Install | undefined,
  hidden: boolean,
): Json {
  const { world } = parts;
  try {
    if (method === 'oauth.v2.access') return { ok: true, ...exchange(world, args, parts.rotates) };
    if (method === 'apps.connections.open') return { ok: true, url: connect(parts, token) };
    const work = methods[method];
    if (work === undefined) throw new Refusal('unknown_method');
    return { ok: true, ...work({ world, args, install: checked(world, token, install), hidden }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const details = error.details.length > 0 && { messages: error.details };
    return {
      ok: false,
      error: error.error,
      ...error.beside,
      response_metadata: { ...details },
    };
  }
}

function connect(parts: WebApiParts, token: string): string {
  if (token.startsWith('xoxb-')) throw new Refusal('not_allowed_token_type');
  if (token !== APP.appToken) throw new Refusal(token === '' ? 'not_authed' : 'invalid_auth');
  return parts.openConnection();
}

function checked(world: World, token: string, install: Install | undefined): Install {
  if (token === '') throw new Refusal('not_authed');
  if (token.startsWith('xapp-')) throw new Refusal('not_allowed_token_type');
  if (install === undefined) throw new Refusal(world.dead.get(token) ?? 'invalid_auth');
  if ((install.tokens.get(token) ?? 0) < world.clock.now()) throw new Refusal('token_expired');
  return install;
}
