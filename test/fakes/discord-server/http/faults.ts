/** One way in which the REST side misbehaves. With `acted`, it does what was asked first. */
export type RestFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly acted?: boolean;
      /** Discord's error code, in a JSON body; a short text without it. */
      readonly code?: number;
    }
  /** Breaks the connection instead of answering. */
  | { readonly kind: 'reset'; readonly acted?: boolean }
  /** Never answers. */
  | { readonly kind: 'hang'; readonly acted?: boolean }
  /** 429. A global one holds for all requests until its time is over, the others for the route. */
  | {
      readonly kind: 'rate-limit';
      readonly scope: 'user' | 'global' | 'shared';
      readonly retryAfterMs: number;
    }
  /** Does what was asked, late. */
  | { readonly kind: 'delay'; readonly ms: number };

interface Planned {
  readonly fault: RestFault;
  readonly on: RegExp;
  left: number;
}

/** Faults that wait for their request, in order. */
export interface FaultQueue {
  /** The next `times` requests whose "METHOD /path" (without /api/v10) matches meet the fault. */
  readonly fail: (
    fault: RestFault,
    options?: { readonly times?: number; readonly on?: RegExp },
  ) => void;
  /** Takes back what was not met yet. */
  readonly heal: () => void;
  readonly take: (request: string) => RestFault | undefined;
  /** How many requests have met a fault. */
  readonly met: () => number;
}

export function createFaultQueue(): FaultQueue {
  let planned: Planned[] = [];
  let met = 0;
  return {
    fail: (fault, { times = 1, on = /./ } = {}) => {
      planned.push({ fault, on, left: times });
    },
    heal: () => {
      planned = [];
    },
    take: (request) => {
      const next = planned.find(({ on }) => on.test(request));
      if (next && --next.left <= 0) planned = planned.filter((each) => each !== next);
      if (next) met += 1;
      return next?.fault;
    },
    met: () => met,
  };
}
