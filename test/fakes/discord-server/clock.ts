/** The server's time: real time plus what the tests added, so that windows need no waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time forward. */
  advance(ms: number): void;
  /** From now on only `advance` moves time. Clients that wait for a limit then wait for ever. */
  freeze(): void;
}

export function createClock(): Clock {
  let ahead = 0;
  let frozenAt: number | undefined;
  return {
    now: () => (frozenAt ?? Date.now()) + ahead,
    advance: (ms) => {
      ahead += ms;
    },
    freeze: () => {
      frozenAt ??= Date.now();
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
