import type { Clock } from '../core/index.ts';

const MINUTE_MS = 60_000;
const MINUTES = 10;

/** The answers of 401, 403 and 429 in the last ten minutes, whichever those are. */
export interface Refusals {
  add(): void;
  count(): number;
  /** How long until the oldest no longer counts, in milliseconds. */
  nextFreeMs(): number;
}

export function createRefusals(clock: Clock): Refusals {
  let minutes: { readonly minute: number; count: number }[] = [];
  const now = () => Math.floor(clock().getTime() / MINUTE_MS);
  return {
    add() {
      const last = minutes.at(-1);
      if (last?.minute === now()) last.count += 1;
      else minutes.push({ minute: now(), count: 1 });
    },
    count() {
      const first = now() - MINUTES;
      minutes = minutes.filter(({ minute }) => minute >= first);
      return minutes.reduce((sum, { count }) => sum + count, 0);
    },
    nextFreeMs() {
      const oldest = minutes[0]?.minute ?? now();
      return (oldest + MINUTES + 1) * MINUTE_MS - clock().getTime();
    },
  };
}
