import { DeliveryError, type ChannelRef } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import type { Health } from './health.ts';
import type { Pace } from './pace.ts';

/**
 * Does a channel's work at its pace; no call of a method in a workspace where Slack asks to wait
 * with that method, and none at all with a token that Slack refuses.
 */
export type Turns = <Result>(
  channel: ChannelRef,
  method: string,
  work: () => Promise<Result>,
) => Promise<Result>;

/** Work rejects with `DeliveryError`. `now` is a monotonic clock in milliseconds. */
export function createTurns(pace: Pace, health: Health, now: () => number): Turns {
  const holds = new Map<string, number>();
  return ({ tenant, channel }, method, work) =>
    pace(`${tenant}|${channel}`, async () => {
      const held = `${tenant}|${method}`;
      const left = (holds.get(held) ?? 0) - now();
      if (left > 0) throw holding(left);
      try {
        return await health.guard(tenant, work);
      } catch (error) {
        const failure = toDeliveryError(error);
        const { retryAfterMs } = failure;
        if (retryAfterMs !== undefined) holds.set(held, now() + retryAfterMs);
        throw failure;
      }
    });
}

function holding(ms: number): DeliveryError {
  const message = `Slack asks us to wait ${Math.ceil(ms / 1000)} s.`;
  return new DeliveryError('rate-limited', message, { retryAfterMs: Math.ceil(ms) });
}
