import { closeSync, openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long work took, and the longest turn of the event loop meanwhile, in milliseconds. */
export interface Turns {
  readonly ms: number;
  /** By the clock: other programs lengthen it too. */
  readonly stall: number;
  /** In this thread's own CPU time; NaN where the system doesn't tell (it is Linux's /proc). */
  readonly busy: number;
}

/** Watches the event loop while some work is done. */
export async function watchTurns(work: () => Promise<unknown>): Promise<Turns> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpu = openClock();
  let [busy, last, isDone] = [0, cpu.read(), false];
  const turn = () => {
    const now = cpu.read();
    busy = Math.max(busy, now - last);
    last = now;
    if (!isDone) setTimeout(turn, 1);
  };
  setTimeout(turn, 1);
  delay.enable();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  delay.disable();
  isDone = true;
  cpu.close();
  return { ms, stall: delay.max / 1e6, busy };
}

/** The CPU time of the main thread so far, in milliseconds. */
function openClock(): { read(): number; close(): void } {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const bytes = Buffer.alloc(64);
    let isOpen = true;
    return {
      read() {
        if (!isOpen) return NaN;
        const length = readSync(file, bytes, 0, bytes.length, 0);
        return Number(bytes.toString('latin1', 0, length).split(' ')[0]) / 1e6;
      },
      close() {
        isOpen = false;
        closeSync(file);
      },
    };
  } catch {
    return { read: () => NaN, close: () => undefined };
  }
}
