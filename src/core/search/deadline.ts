/** The time that all who are asked share. */
export interface Deadline {
  readonly ms: number;
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** Resolves when the time is over. */
  readonly passed: Promise<undefined>;
  /** Ends it early: nobody is asked any more. */
  clear(): void;
}

export function startDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const passed = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  const timer = setTimeout(() => {
    controller.abort();
  }, ms);
  return {
    ms,
    signal,
    passed,
    clear: () => {
      clearTimeout(timer);
    },
  };
}
