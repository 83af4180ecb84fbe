import { setTimeout as delay } from 'node:timers/promises';
import { startBot, type Bot } from './bot.ts';
import { fillDisk, freeDisk } from './disk.ts';
import type { Run } from './run.ts';

const HOUR_MS = 3_600_000;

/** How far a clock may be set wrong, in milliseconds. */
const JUMPS_MS = [48 * HOUR_MS, -48 * HOUR_MS, HOUR_MS, -HOUR_MS, HOUR_MS / 12, -HOUR_MS / 12];

/** In so many lives something happens to the process beside what happens to its requests. */
const SHARE = 0.12;

/** What may befall a process while it lives; resolves when it is over. */
export async function befall(run: Run, bot: Bot): Promise<void> {
  const { random, disk } = run;
  const troubles = [jump, sendIntruder, ...(disk === undefined ? [] : [fill])];
  const trouble = random.pick(troubles);
  const afterMs = random.between(50, 700);
  if (!random.chance(SHARE)) return;
  run.faults += 1;
  await delay(afterMs);
  await trouble(run, bot);
}

/** Sets a process's clock wrong while it runs; it stays wrong until `setRight`. */
async function jump(run: Run, bot: Bot): Promise<void> {
  run.wrongMs = run.random.pick(JUMPS_MS);
  bot.setClock(run.stage.ahead() + run.wrongMs);
  await Promise.resolve();
}

/** Before a start: a clock that is wrong is set right as a rule, and goes wrong now and then. */
export function setRight(run: Run): void {
  const { random } = run;
  const [sticks, breaks] = [random.chance(0.4), random.chance(0.02)];
  if (run.wrongMs !== 0 && sticks) return;
  run.wrongMs = breaks ? random.pick(JUMPS_MS) : 0;
  if (breaks) run.faults += 1;
}

async function fill({ random, disk = '' }: Run): Promise<void> {
  fillDisk(disk);
  await delay(random.between(50, 400));
  freeDisk(disk);
}

/** A second process on the database of one that serves it. It must be refused. */
async function sendIntruder({ stage }: Run, bot: Bot): Promise<void> {
  while (!bot.said().includes('is running') && bot.ended() === undefined) await delay(5);
  const intruder = startBot(stage.env);
  intruder.go(stage.ahead());
  while (intruder.ended() === undefined && bot.ended() === undefined) await delay(5);
  const [said, alone] = [intruder.said(), bot.ended() === undefined];
  await intruder.end('SIGKILL');
  if (alone && !said.includes('Another Paperboy already serves')) {
    throw new Error(`A second process was not refused: ${said}`);
  }
}
