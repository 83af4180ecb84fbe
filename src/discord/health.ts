import { DeliveryError, type Clock, type Log } from '../core/index.ts';
import { TOKEN_REFUSED } from './errors.ts';
import { createRefusals } from './refusals.ts';

/**
 * Keeps us from what Discord punishes: 10,000 answers of 401, 403 or 429 in ten minutes block our
 * address, so everything stops before half of that; and once the token is refused nothing is sent.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export interface Health {
  /** Throws `DeliveryError` while nothing may be sent. */
  check(): void;
  /** Counts a request as under way: its answer may be a refusal too. Call what it gives when it came. */
  begin(): () => void;
  /** Counts an answer. `scope` is that of a 429; `asBot` whether the request carried our token. */
  note(status: number, scope: string | null, asBot: boolean): void;
  /** The token is dead: nothing more is sent until a person has acted. */
  refuseToken(): void;
}

/** A tenth is left for refusals that never reach us. */
const MOST_INVALID = 4_500;

export function createHealth(clock: Clock, log: Log): Health {
  let dead = false;
  let paused = false;
  let underWay = 0;
  const refusals = createRefusals(clock);
  const refuseToken = () => {
    if (!dead) log.error({}, `page the operator: ${TOKEN_REFUSED}`);
    dead = true;
  };
  return {
    refuseToken,
    check() {
      if (dead) throw new DeliveryError('unavailable', TOKEN_REFUSED);
      const count = refusals.count();
      if (count + underWay < MOST_INVALID) {
        paused = false;
        return;
      }
      if (!paused) log.error({ count }, 'page the operator: too many refusals');
      paused = true;
      const message = `Discord refused ${count} requests in ten minutes, so Paperboy pauses.`;
      throw new DeliveryError('unavailable', message, { retryAfterMs: refusals.nextFreeMs() });
    },
    begin() {
      underWay += 1;
      return () => {
        underWay -= 1;
      };
    },
    note(status, scope, asBot) {
      if (status === 401 && asBot) refuseToken();
      if ([401, 403, 429].includes(status) && scope !== 'shared') refusals.add();
    },
  };
}
