/** A longer wait is for the caller to plan, not for a request to sit out. */
export const LONGEST_WAIT_MS = 60_000;

/** The first back-off is at most this long, the next at most twice that, and so on. */
const FIRST_BACK_OFF_MS = 500;

/**
 * How long to wait after the attempt numbered `tried` (from 1) failed: by full jitter, which
 * spreads clients best (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * A wait that the server asked for is kept in full, plus the jitter.
 */
export function backOff(tried: number, askedMs: number | undefined, random: () => number): number {
  const jitter = random() * Math.min(LONGEST_WAIT_MS, FIRST_BACK_OFF_MS * 2 ** (tried - 1));
  return Math.round((askedMs ?? 0) + jitter);
}

/**
 * The wait that a refusing reply asks for, in milliseconds. `Retry-After` (seconds or an HTTP date)
 * goes before `RateLimit`, as its draft says
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/).
 */
export function askedWait(headers: Headers): number | undefined {
  return retryAfter(headers) ?? rateLimitReset(headers.get('ratelimit'));
}

function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Against the server's own clock, so that neither a wrong clock of ours nor its zone matters.
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/**
 * From `"api";r=0;t=12`, the form that Hugging Face sends
 * (https://huggingface.co/docs/hub/rate-limits): `r` requests remain until `t` seconds are over.
 * Several policies stand in a comma list, of which the used-up ones count.
 */
function rateLimitReset(value: string | null): number | undefined {
  const waits = (value ?? '').split(',').flatMap((policy) => {
    const remaining = /;\s*r=(\d+)/.exec(policy)?.[1];
    const reset = /;\s*t=(\d+)/.exec(policy)?.[1];
    return reset !== undefined && Number(remaining ?? 0) === 0 ? [Number(reset) * 1000] : [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}
