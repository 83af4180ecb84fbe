import { createHash } from 'node:crypto';
import type { Subscription } from '../commands/command.ts';

/** More digests than this at one moment are spread: a service takes some 25 messages a second. */
export const CROWD = 100;

/** How far they are spread, in seconds. */
const SPREAD_S = 300;

/**
 * Those of the due subscriptions whose turn has come. While many share a moment, each channel waits
 * its own part of five minutes; what is left of them once they are few goes at once.
 */
export function inTurn(due: readonly Subscription[], now: Date): Subscription[] {
  const crowds = new Map<number, number>();
  for (const { nextDue } of due) {
    const moment = nextDue.getTime();
    crowds.set(moment, (crowds.get(moment) ?? 0) + 1);
  }
  return due.filter((subscription) => {
    const moment = subscription.nextDue.getTime();
    const isCrowded = (crowds.get(moment) ?? 0) > CROWD;
    return !isCrowded || moment + waitOf(subscription) <= now.getTime();
  });
}

/** In milliseconds. */
function waitOf({ channel: { platform, tenant, channel } }: Subscription): number {
  const name = JSON.stringify([platform, tenant, channel]);
  return (createHash('sha256').update(name).digest().readUInt32BE(0) % SPREAD_S) * 1000;
}
