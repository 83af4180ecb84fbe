import { schedule } from 'node-cron';
import type { Log } from '../log.ts';

export interface Tick {
  /** Stops waking, and waits for a run in progress. Calling it again does nothing. */
  stop(): Promise<void>;
}

/**
 * Runs `work` once now and then at the start of every minute, never twice at a time. It only
 * wakes: what is due is decided from the database. A run that rejects is logged, and the next one
 * comes all the same.
 */
export function startTick(work: () => Promise<void>, log: Log): Tick {
  let running: Promise<void> | undefined;
  const run = () => (running ??= guarded(work, log).finally(() => (running = undefined)));
  void run();
  const task = schedule('* * * * *', run, { timezone: 'UTC', noOverlap: true, name: 'tick' });
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}

async function guarded(work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error }, 'the minute tick failed');
  }
}
