import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** So many requests in so much time. */
export interface Rate {
  readonly limit: number;
  readonly perMs: number;
}

export type Scope = 'user' | 'global' | 'shared';

export interface RateOptions {
  /** Requests a second over all routes but those of interactions: 50. */
  readonly global: number;
  /** By route, as in `POST /channels/:channel/messages`; `default` for those not named. */
  readonly routes: Readonly<Record<string, Rate>>;
}

/**
 * Discord's documentation gives no figures per route. Messages: 5 in 5 s a channel, as bots see;
 * crossposts: 10 an hour a channel, as bots report; reactions: 1 in 250 ms.
 */
export const DEFAULT_RATES: RateOptions = {
  global: 50,
  routes: {
    default: { limit: 50, perMs: 1_000 },
    'POST /channels/:channel/messages': { limit: 5, perMs: 5_000 },
    'PATCH /channels/:channel/messages/:message': { limit: 5, perMs: 5_000 },
    'POST /channels/:channel/messages/:message/crosspost': { limit: 10, perMs: 3_600_000 },
    'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': { limit: 1, perMs: 250 },
  },
};

/** What a request met: the headers to send, and when it must wait, for how long and why. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly wait?: { readonly ms: number; readonly scope: Scope };
}

interface Bucket {
  readonly id: string;
  readonly rate: Rate;
  used: number;
  resetsAt: number;
  /** Set by a fault. */
  held?: { readonly until: number; readonly scope: Scope };
}

export interface RateLimits {
  /** Counts one request. `major` is the channel, server or webhook that the bucket belongs to. */
  take(route: string, major: string, countsGlobally: boolean): Verdict;
  /** Makes a route, or with scope `global` everything, answer 429 for a while. */
  hold(route: string, major: string, scope: Scope, ms: number): void;
}

export function createRateLimits(clock: Clock, options: RateOptions): RateLimits {
  const buckets = new Map<string, Bucket>();
  let recent: number[] = [];
  let globalUntil = 0;
  function bucketOf(route: string, major: string): Bucket {
    const key = `${route} ${major}`;
    const known = buckets.get(key);
    if (known) return known;
    const rate = options.routes[route] ?? options.routes['default'] ?? { limit: 50, perMs: 1_000 };
    const id = createHash('md5').update(route).digest('hex');
    const bucket: Bucket = { id, rate, used: 0, resetsAt: 0 };
    buckets.set(key, bucket);
    return bucket;
  }
  function globalWait(now: number): number {
    if (globalUntil > now) return globalUntil - now;
    recent = recent.filter((at) => at > now - 1_000);
    return recent.length < options.global ? 0 : (recent[0] ?? now) + 1_000 - now;
  }
  return {
    take: (route, major, countsGlobally) => {
      const now = clock.now();
      const wait = countsGlobally ? globalWait(now) : 0;
      if (wait > 0) return { headers: {}, wait: { ms: wait, scope: 'global' } };
      if (countsGlobally) recent.push(now);
      return spend(bucketOf(route, major), now);
    },
    hold: (route, major, scope, ms) => {
      const until = clock.now() + ms;
      if (scope === 'global') globalUntil = until;
      else bucketOf(route, major).held = { until, scope };
    },
  };
}

function spend(bucket: Bucket, now: number): Verdict {
  if (now >= bucket.resetsAt) Object.assign(bucket, { used: 0, resetsAt: now + bucket.rate.perMs });
  const { held } = bucket;
  if (held && held.until > now) {
    const wait = { ms: held.until - now, scope: held.scope };
    return { headers: headersOf(bucket, 0, held.until, now), wait };
  }
  const over = bucket.used >= bucket.rate.limit;
  if (!over) bucket.used++;
  return {
    headers: headersOf(bucket, bucket.rate.limit - bucket.used, bucket.resetsAt, now),
    ...(over && { wait: { ms: bucket.resetsAt - now, scope: 'user' as const } }),
  };
}

/** https://docs.discord.com/developers/topics/rate-limits#header-format */
function headersOf(
  bucket: Bucket,
  remaining: number,
  resetsAt: number,
  now: number,
): Record<string, string> {
  return {
    'x-ratelimit-limit': String(bucket.rate.limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': (resetsAt / 1_000).toFixed(3),
    'x-ratelimit-reset-after': ((resetsAt - now) / 1_000).toFixed(3),
    'x-ratelimit-bucket': bucket.id,
  };
}
