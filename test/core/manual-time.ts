import type { TurnOptions } from '../../src/core/turns.ts';

/** Time that passes when it is told to, and wakes who sleeps as it goes. */
export interface ManualTime extends Required<TurnOptions> {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  pass(ms: number): Promise<void>;
}

export function createManualTime(): ManualTime {
  let now = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  function nextBefore(end: number) {
    return sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }

  return {
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          resolve();
        });
      }),
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (let next = nextBefore(end); next !== undefined; next = nextBefore(end)) {
        const woken = next;
        now = woken.at;
        sleepers = sleepers.filter((each) => each !== woken);
        woken.wake();
        await settled();
      }
      now = end;
    },
  };
}

/** Lets everything go on that waits for nothing but its turn in the queue of the process. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
