import type { World } from '../world.ts';

export interface IdentifyOptions {
  /** IDENTIFYs a day; 1,000 by default. */
  readonly identifies: number;
  readonly maxConcurrency: number;
  /** One IDENTIFY per bucket in this time, else Invalid Session. Discord's is 5,000; 0 by default. */
  readonly identifyWindowMs: number;
  /** Where clients resume; given by the server itself. */
  readonly resumeUrl?: string;
}

/** The session_start_limit of the day. */
export interface Budget {
  readonly used: number;
  readonly remaining: number;
  resetAfterMs(): number;
  /** Takes one IDENTIFY; at the limit the bot's token is reset, as Discord does. */
  spend(shard: number): 'ok' | 'too-fast';
  /** Sets what is left of the day. */
  leave(remaining: number): void;
}

const DAY = 24 * 3_600_000;

export function createBudget(world: World, options: IdentifyOptions): Budget {
  const last = new Map<number, number>();
  let used = 0;
  let remaining = options.identifies;
  let resetsAt = world.clock.now() + DAY;
  function renew(): void {
    if (world.clock.now() < resetsAt) return;
    remaining = options.identifies;
    resetsAt = world.clock.now() + DAY;
  }
  return {
    get used() {
      return used;
    },
    get remaining() {
      renew();
      return remaining;
    },
    resetAfterMs: () => resetsAt - world.clock.now(),
    spend: (shard) => {
      renew();
      const bucket = shard % options.maxConcurrency;
      const since = world.clock.now() - (last.get(bucket) ?? -Infinity);
      used++;
      if (--remaining < 0) world.token.valid = false;
      if (since < options.identifyWindowMs) return 'too-fast';
      last.set(bucket, world.clock.now());
      return 'ok';
    },
    leave: (left) => {
      remaining = left;
    },
  };
}
