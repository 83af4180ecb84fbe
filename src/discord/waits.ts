import { DeliveryError, type Clock } from '../core/index.ts';
import { createRecent } from './recent.ts';

/** What Discord has asked us to wait for, by request: asking again before would count against us. */
export interface Waits {
  /** Throws `DeliveryError` while that request must wait. */
  check(request: string): void;
  note(request: string, error: DeliveryError): void;
}

const REMEMBERED = 10_000;

export function createWaits(clock: Clock): Waits {
  const ends = createRecent<number>(REMEMBERED);
  return {
    check(request) {
      const retryAfterMs = (ends.get(request) ?? 0) - clock().getTime();
      if (retryAfterMs <= 0) return;
      const seconds = Math.ceil(retryAfterMs / 1_000);
      const message = `Discord asked to wait; ${seconds} s are left.`;
      throw new DeliveryError('rate-limited', message, { retryAfterMs });
    },
    note(request, { kind, retryAfterMs = 0 }) {
      if (kind === 'rate-limited') ends.set(request, clock().getTime() + retryAfterMs);
    },
  };
}
