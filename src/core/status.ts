import type { DateString } from './paper.ts';
import type { Subscription } from './subscription.ts';

export type SourceStateKind = 'fresh' | 'waiting' | 'quiet' | 'stalled' | 'failed';

export interface SourceState {
  readonly source: string;
  readonly name: string;
  readonly kind: SourceStateKind;
  /** One sentence for people: what is so, and what comes next. */
  readonly detail: string;
  /** When the next list is expected to be complete, ISO UTC. */
  readonly nextExpectedAt?: string;
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

export interface StatusReport {
  readonly sources: readonly SourceState[];
  readonly paperCount: number;
  readonly subscription?: Subscription;
  readonly deliveries: readonly {
    readonly localDate: DateString;
    readonly sent: number;
    readonly planned: number;
    /** Pages that may stand already, and wait for somebody to look. */
    readonly held?: number;
    /** Set for a digest beside those of the schedule. */
    readonly asked?: true;
    readonly problem?: string;
  }[];
  /** Set while the channel refuses the bot. */
  readonly refusal?: { readonly reason: string; readonly since: Date; readonly nextTry: Date };
}
