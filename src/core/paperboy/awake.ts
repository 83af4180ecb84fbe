/** Ticks come every minute, unless the process, or its machine, stood still. */
const PAUSE_MS = 3 * 60_000;

/** Is told of each tick, and gives the time of the first since the last pause. */
export type Awake = (now: Date) => Date;

export function createAwake(): Awake {
  let since: Date | undefined;
  let last = 0;
  return (now) => {
    const elapsed = now.getTime() - last;
    if (since === undefined || elapsed > PAUSE_MS || elapsed < 0) since = now;
    last = now.getTime();
    return since;
  };
}
