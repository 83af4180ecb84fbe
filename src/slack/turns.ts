import { DeliveryError, type ChannelRef } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import type { Pace } from './pace.ts';

/** Does a channel's work at its pace, and none in a workspace that Slack asks to wait. */
export type Turns = <Result>(channel: ChannelRef, work: () => Promise<Result>) => Promise<Result>;

/** Work rejects with `DeliveryError`. `now` is a monotonic clock in milliseconds. */
export function createTurns(pace: Pace, now: () => number): Turns {
  const holds = new Map<string, number>();
  return ({ tenant, channel }, work) =>
    pace(`${tenant}|${channel}`, async () => {
      const left = (holds.get(tenant) ?? 0) - now();
      if (left > 0) throw holding(left);
      try {
        return await work();
      } catch (error) {
        const failure = toDeliveryError(error);
        const { retryAfterMs } = failure;
        if (retryAfterMs !== undefined) holds.set(tenant, now() + retryAfterMs);
        throw failure;
      }
    });
}

function holding(ms: number): DeliveryError {
  const message = `Slack asks us to wait ${Math.ceil(ms / 1000)} s.`;
  return new DeliveryError('rate-limited', message, { retryAfterMs: Math.ceil(ms) });
}
