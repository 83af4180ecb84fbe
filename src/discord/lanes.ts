/** Work in lanes: one at a time in each, in the order of asking; the lanes side by side. */
export interface Lanes {
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result>;
}

export function createLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>();
  return {
    run(lane, work) {
      const turn = (ends.get(lane) ?? Promise.resolve()).then(work);
      const end = turn
        .catch(() => undefined) // Whoever asked is told; the next in the lane starts anew.
        .then(() => {
          if (ends.get(lane) === end) ends.delete(lane);
        });
      ends.set(lane, end);
      return turn;
    },
  };
}
