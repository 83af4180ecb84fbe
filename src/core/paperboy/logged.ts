import type { Log } from '../log.ts';

/** Waits for work whose failure is logged, and stops nothing else. */
export async function logged(work: Promise<void>, log: Log, failure: string): Promise<void> {
  await work.catch((error: unknown) => {
    log.error({ err: error }, failure);
  });
}
