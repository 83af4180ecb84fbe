import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** Does the work of one channel in order, each piece no sooner than the pace allows. */
export type Pace = <Result>(channel: string, work: () => Promise<Result>) => Promise<Result>;

/** Slack counts from arrival to arrival, which we see only as lying between start and end. */
const SHARE_AFTER_END = 10 / 11;

interface Lane {
  last: Promise<unknown>;
  /** When the next piece may start, on the monotonic clock. */
  free: number;
  waiting: number;
}

/**
 * Keeps `paceMs` between the starts of two pieces of work in one channel, and nearly as much
 * between the end of one and the start of the next, so that a slow request followed by a fast one
 * does not arrive as a burst. Channels do not wait for each other.
 */
export function createPace(paceMs: number, now: () => number): Pace {
  const lanes = new Map<string, Lane>();
  const takeTurn = createTurnstile(now);

  async function run<Result>(lane: Lane, work: () => Promise<Result>): Promise<Result> {
    const wait = lane.free - now();
    if (wait > 0) await delay(wait);
    await takeTurn();
    const began = now();
    try {
      return await work();
    } finally {
      lane.free = Math.max(began + paceMs, now() + paceMs * SHARE_AFTER_END);
    }
  }

  /** A lane that nobody uses and that is free again says nothing more, so it goes. */
  function forgetIdle(): void {
    for (const [channel, { waiting, free }] of lanes) {
      if (waiting === 0 && free <= now()) lanes.delete(channel);
    }
  }

  return (channel, work) => {
    if (lanes.size > MOST_LANES && !lanes.has(channel)) forgetIdle();
    const lane = lanes.get(channel) ?? { last: Promise.resolve(), free: 0, waiting: 0 };
    lanes.set(channel, lane);
    lane.waiting += 1;
    const result = lane.last.then(() => run(lane, work)).finally(() => (lane.waiting -= 1));
    lane.last = result.catch(() => undefined);
    return result;
  };
}

const MOST_LANES = 1000;

/** How long pieces of work begin in one turn of the event loop, in milliseconds. */
const TURN_MS = 10;

/**
 * Lets work begin for a short while in each turn of the event loop: hundreds of channels that are
 * due at once would otherwise keep what Slack sends waiting for its acknowledgement.
 */
function createTurnstile(now: () => number): () => Promise<void> {
  let last = Promise.resolve();
  let began = 0;
  return () =>
    (last = last.then(async () => {
      if (now() - began < TURN_MS) return;
      await nextTurn();
      began = now();
    }));
}
