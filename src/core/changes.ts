/** Which things changed of late, so that what was read of one meanwhile is known to be old. */
export interface Changes {
  note(thing: string): void;
  /** How many were noted so far. */
  count(): number;
  /** Whether the thing changed after so many changes; false for one of long ago. */
  since(thing: string, count: number): boolean;
}

/** Remembers the newest change of so many things. */
export function createChanges(most: number): Changes {
  const newest = new Map<string, number>();
  let count = 0;
  return {
    note(thing) {
      newest.delete(thing);
      newest.set(thing, (count += 1));
      const [oldest] = newest.keys();
      if (newest.size > most && oldest !== undefined) newest.delete(oldest);
    },
    count: () => count,
    since: (thing, changes) => (newest.get(thing) ?? 0) > changes,
  };
}
