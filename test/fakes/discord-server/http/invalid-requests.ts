import type { Clock } from '../clock.ts';

/** Answers with 401, 403 or 429 (but of shared limits): 10,000 in 10 minutes block the address. */
export interface InvalidRequests {
  /** In the current ten minutes. */
  readonly count: number;
  readonly blocked: boolean;
  note(status: number, shared: boolean): void;
}

const WINDOW = 10 * 60_000;

export function createInvalidRequests(clock: Clock, limit: number): InvalidRequests {
  let count = 0;
  let since = clock.now();
  function renew(): void {
    if (clock.now() - since < WINDOW) return;
    count = 0;
    since = clock.now();
  }
  return {
    get count() {
      renew();
      return count;
    },
    get blocked() {
      renew();
      return count >= limit;
    },
    note: (status, shared) => {
      renew();
      if ([401, 403, 429].includes(status) && !shared) count++;
    },
  };
}
