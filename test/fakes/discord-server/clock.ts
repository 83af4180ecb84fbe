/** The server's time: real time plus what the tests added, so that windows need no waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time forward. */
  advance(ms: number): void;
}

export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
}

/** 2015-01-01, from which snowflakes count: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH = 1_420_070_400_000;

/** Gives ids in Discord's shape: unique, growing, with their time in them. */
export function createSnowflakes(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(clock.now() - EPOCH) << 22n;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}
