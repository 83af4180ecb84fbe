import type { Json } from './json.ts';

/** What Slack hands to the app. */
export interface Parcel {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Json;
}

/** What the app answered. */
export interface Receipt {
  /** HTTP status; 200 for an acknowledged envelope, 0 for none at all. */
  readonly status: number;
  /** What the acknowledgement carried: errors of a modal, options of a menu. */
  readonly body: unknown;
  /** From the first attempt to the acknowledgement, in milliseconds. */
  readonly ms: number;
  readonly attempts: number;
}

/** One of the two ways to the app. Resolves once it answered, or once Slack gave up. */
export interface Delivery {
  deliver(parcel: Parcel): Promise<Receipt>;
  close(): Promise<void>;
}

/** When an event is sent again, in seconds after the failure before: at once, 1 and 5 minutes. */
export const RETRIES_S = [0, 60, 300] as const;
