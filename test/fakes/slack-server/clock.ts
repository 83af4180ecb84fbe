/** The server's clock: it runs with the machine's, and can be put forward. */
export interface ServerClock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Puts the clock forward, and runs what falls due meanwhile. */
  advance(ms: number): Promise<void>;
  /** Runs `work` once, `ms` from now; the result calls it off. */
  later(ms: number, work: () => unknown): () => void;
  close(): void;
}

interface Alarm {
  readonly due: number;
  readonly work: () => unknown;
  timer?: NodeJS.Timeout;
}

export function createServerClock(): ServerClock {
  let ahead = 0;
  const alarms = new Set<Alarm>();
  const now = () => Date.now() + ahead;

  function ring(alarm: Alarm): unknown {
    alarms.delete(alarm);
    clearTimeout(alarm.timer);
    return alarm.work();
  }

  return {
    now,
    async advance(ms) {
      ahead += ms;
      const due = [...alarms].filter((alarm) => alarm.due <= now());
      await Promise.all(due.sort((a, b) => a.due - b.due).map(ring));
    },
    later(ms, work) {
      const alarm: Alarm = { due: now() + ms, work };
      alarm.timer = setTimeout(() => void ring(alarm), ms);
      alarms.add(alarm);
      return () => {
        alarms.delete(alarm);
        clearTimeout(alarm.timer);
      };
    },
    close() {
      for (const alarm of alarms) clearTimeout(alarm.timer);
      alarms.clear();
    },
  };
}
