import type { SourceState, Subscription } from '../commands/command.ts';
import { CROWD } from './jitter.ts';

/** A list that is missing may come within minutes: of the ten that a slot has, so many are waited. */
const PATIENCE_MS = 7 * 60_000;

/** A crowd takes minutes to post, and waits less. */
const CROWDED_PATIENCE_MS = 3 * 60_000;

export interface RipeOptions {
  readonly states: readonly SourceState[];
  readonly now: Date;
  /** When the process, or its machine, was started or woken: before, nothing could come. */
  readonly awakeSince?: Date | undefined;
}

/**
 * Those of the due subscriptions whose digest is made now. One that has just become due waits while
 * a source that owes its newest list can't be reached; for a list that is late nobody waits.
 */
export function ripe(
  due: readonly Subscription[],
  { states, now, awakeSince = new Date(0) }: RipeOptions,
): readonly Subscription[] {
  const mayComeYet = states.some(isOwing);
  if (!mayComeYet) return due;
  const patience = due.length > CROWD ? CROWDED_PATIENCE_MS : PATIENCE_MS;
  return due.filter(({ nextDue }) => {
    const since = Math.max(nextDue.getTime(), awakeSince.getTime());
    return now.getTime() - since >= patience;
  });
}

function isOwing({ kind, missing }: SourceState): boolean {
  return missing !== undefined && kind === 'failed';
}
