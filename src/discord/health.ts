import { DeliveryError, type Clock, type Log } from '../core/index.ts';
import { TOKEN_REFUSED } from './errors.ts';

/**
 * Keeps us from what Discord punishes: 10,000 answers of 401, 403 or 429 in ten minutes block our
 * address, so everything stops at half of that; and once the token is refused nothing is sent.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export interface Health {
  /** Throws `DeliveryError` while nothing may be sent. */
  check(): void;
  /** Counts an answer. `scope` is that of a 429; `asBot` whether the request carried our token. */
  note(status: number, scope: string | null, asBot: boolean): void;
  /** The token is dead: nothing more is sent until a person has acted. */
  refuseToken(): void;
}

const WINDOW_MS = 600_000;
const MOST_INVALID = 5_000;

export function createHealth(clock: Clock, log: Log): Health {
  let dead = false;
  let count = 0;
  let since = 0;
  const now = () => clock().getTime();
  const renew = () => {
    if (now() - since < WINDOW_MS) return;
    count = 0;
    since = now();
  };
  const refuseToken = () => {
    if (!dead) log.error({}, `page the operator: ${TOKEN_REFUSED}`);
    dead = true;
  };
  return {
    refuseToken,
    check() {
      if (dead) throw new DeliveryError('unavailable', TOKEN_REFUSED);
      renew();
      if (count < MOST_INVALID) return;
      const retryAfterMs = since + WINDOW_MS - now();
      const message = `Discord refused ${MOST_INVALID} requests in ten minutes, so Paperboy pauses.`;
      throw new DeliveryError('unavailable', message, { retryAfterMs });
    },
    note(status, scope, asBot) {
      if (status === 401 && asBot) refuseToken();
      if (![401, 403, 429].includes(status) || scope === 'shared') return;
      renew();
      count += 1;
      if (count === MOST_INVALID) log.error({ count }, 'page the operator: too many refusals');
    },
  };
}
