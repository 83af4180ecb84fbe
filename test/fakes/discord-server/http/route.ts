import type { ZodType } from 'zod';
import type { World } from '../world.ts';

/** A request that reached its route, its body checked. */
export interface Call<Body> {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly files: readonly UploadedFile[];
  /** When it arrived, by the server's clock. */
  readonly at: number;
}

export interface UploadedFile {
  readonly name: string;
  readonly size: number;
  readonly text: string;
}

/** A status and a JSON body; 204 without one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface RouteOptions {
  /** False for the endpoints of interactions, which carry their own token and no global limit. */
  readonly auth?: boolean;
}

export interface Route {
  readonly method: string;
  /** As in `/channels/:channel/messages`. */
  readonly pattern: string;
  readonly auth: boolean;
  readonly body: ZodType | undefined;
  readonly handle: (call: Call<unknown>) => Answer;
}

/** A route whose handler gets the body that the schema lets through. */
export function route<Body = undefined>(
  name: string,
  body: ZodType<Body> | undefined,
  handle: (call: Call<Body>) => Answer,
  { auth = true }: RouteOptions = {},
): Route {
  const [method = '', pattern = ''] = name.split(' ');
  return {
    method,
    pattern,
    auth,
    body,
    handle: (call) => handle({ ...call, body: call.body as Body }),
  };
}

export function json(body: unknown, status = 200): Answer {
  return { status, body };
}

export const NOTHING: Answer = { status: 204 };

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a path without its prefix; a fixed segment wins over a parameter. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Match | undefined {
  const segments = path.split('/');
  const matches = routes
    .filter((each) => each.method === method)
    .flatMap((each) => match(each, segments));
  return matches.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
}

function match(each: Route, segments: readonly string[]): Match[] {
  const wanted = each.pattern.split('/');
  if (wanted.length !== segments.length) return [];
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const given = segments[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = given;
    else if (segment !== given) return [];
  }
  return [{ route: each, params }];
}

/** The major parameter: https://docs.discord.com/developers/topics/rate-limits */
export function majorOf({ channel, guild, application, token }: Match['params']): string {
  return channel ?? guild ?? (token === undefined ? '' : `${application ?? ''}/${token}`);
}
