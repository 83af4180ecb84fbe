import type { Run } from './run.ts';
import type { Stage } from './stage.ts';

export const MINUTE_MS = 60_000;

/**
 * Lets time pass between two lives: until the next slot when all is posted, until a page may be
 * tried again when all wait, and at least seconds, in which Discord knows a nonce, or up to half an
 * hour, when it has forgotten it.
 */
export async function passTime({ stage, ledger, random, starts }: Run): Promise<void> {
  const [least, most] = random.pick(PAUSES);
  await stage.advance(random.between(least, most));
  if (ledger.open() > 0) await passUntil(stage, ledger.nextTry());
  else await passUntil(stage, ledger.nextDue() + random.between(0, 120 * MINUTE_MS));
  await keepBelowCrashLoop(stage, starts);
}

/** No start follows sooner than after two seconds: a supervisor and Node take as long. */
const PAUSES = [
  [2_000, 20_000],
  [2_000, 20_000],
  [60_000, 120_000],
  [3 * MINUTE_MS, 6 * MINUTE_MS],
  [10 * MINUTE_MS, 30 * MINUTE_MS],
] as const;

async function passUntil(stage: Stage, time: number): Promise<void> {
  if (time > stage.now()) await stage.advance(time - stage.now());
}

/** Paperboy waits where it is started more than 5 times in ten minutes, and so do we, by the clock. */
export async function keepBelowCrashLoop(stage: Stage, starts: number[]): Promise<void> {
  const fifth = starts.at(-5);
  if (fifth !== undefined) await passUntil(stage, fifth + 11 * MINUTE_MS);
  starts.push(stage.now());
}
