/**
 * A way for one call to go wrong. With `posted` the method does its work all the same, and only
 * the answer is bad; `error` is one of Slack's names (`internal_error`).
 */
export type SlackFault = {
  readonly team?: string;
  readonly channel?: string;
  readonly posted?: boolean;
} & (
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'rate-limit'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'hang' }
  /** The answer is right, and comes so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'reset' }
);

interface Planned {
  readonly method: string;
  readonly fault: SlackFault;
  left: number;
}

/** Faults that wait for their call. */
export interface Faults {
  /** Spoils the next `times` calls of the method. */
  add(method: string, fault: SlackFault, times: number): void;
  /** The fault of this call, used up. */
  take(method: string, team: string | undefined, channel: string): SlackFault | undefined;
  /** Takes back what was not met yet. */
  heal(): void;
  /** How many calls have met a fault. */
  met(): number;
}

export function createFaults(): Faults {
  let planned: Planned[] = [];
  let met = 0;
  return {
    add(method, fault, times) {
      planned.push({ method, fault, left: times });
    },
    take(method, team, channel) {
      const found = planned.find(
        ({ method: wanted, fault, left }) =>
          left > 0 &&
          wanted === method &&
          (fault.team ?? team) === team &&
          (fault.channel ?? channel) === channel,
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      met += 1;
      return found.fault;
    },
    heal() {
      planned = [];
    },
    met: () => met,
  };
}
