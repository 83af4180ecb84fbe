import type { DateString, Instant } from './paper.ts';
import type { ChannelRef } from './platform.ts';
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
  /** The day of the newest closed list, where that isn't there as a whole. */
  readonly missing?: DateString;
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

/** What search by meaning goes by, and what is wrong with it: sentences for people. */
export interface MeaningState {
  readonly ok: boolean;
  readonly detail: string;
}

/** What to do about pages that may stand already. */
export const HELD_ADVICE =
  'Look in the channel: /papers post held posts the newest digest that is held, and /papers post drop gives it up.';

/** A digest of which a person had pages posted, or given up, that were held. */
export interface HeldDigest {
  readonly localDate: DateString;
  readonly pages: number;
  /** How many older ones are still held. */
  readonly left: number;
  /** Why the channel took nothing so far; it is tried again at once. */
  readonly refusal?: string;
}

/** What became of one digest. */
export interface DigestSummary {
  /** Of its slot, in the channel's zone. */
  readonly localDate: DateString;
  /** Pages that stand in the channel, of those that were planned. */
  readonly sent: number;
  readonly planned: number;
  /** Pages that may stand already, and wait for somebody to look; absent for none. */
  readonly held?: number;
  /** Pages that are still to be posted; absent for none. */
  readonly waiting?: number;
  /** When one of them is tried again, where it has a time of its own. */
  readonly nextTry?: Instant;
  /** Set where all of it was left out: the problem says why, be it only that nothing was new. */
  readonly skipped?: true;
  /** Set for a digest beside those of the schedule. */
  readonly asked?: true;
  /** Why a page is not posted (yet). */
  readonly problem?: string;
}

export interface StatusReport {
  readonly sources: readonly SourceState[];
  readonly paperCount: number;
  readonly meaning: MeaningState;
  readonly subscription?: Subscription;
  /** Set while the due digest can't be made: when that is tried again. */
  readonly unplanned?: { readonly nextTry: Date };
  readonly deliveries: readonly DigestSummary[];
  /** Set while the channel refuses the bot. */
  readonly refusal?: {
    readonly reason: string;
    readonly since: Date;
    readonly nextTry: Date;
    /** The channel itself takes messages: the threads of its digests don't. */
    readonly threadsOnly?: boolean;
  };
}

/** How all channels do, for whoever runs Paperboy. */
export interface Overview {
  readonly sources: readonly SourceState[];
  readonly paperCount: number;
  readonly meaning: MeaningState;
  /** How many channels get digests. */
  readonly channels: number;
  /** The digest that comes next. */
  readonly next?: { readonly channel: ChannelRef; readonly due: Date };
  /** The newest digests of all channels, newest first. */
  readonly deliveries: readonly (DigestSummary & { readonly channel: ChannelRef })[];
  /** What a person has to do something about, oldest first. */
  readonly problems: readonly ChannelProblem[];
}

/** A digest is made so many milliseconds after its slot at most: it may wait for a list, or its turn. */
export const MADE_WITHIN_MS = 15 * 60_000;

export interface ChannelProblem {
  readonly channel: ChannelRef;
  /**
   * The channel refuses the bot; the bot is not there any more; pages may stand there already; its
   * digest can't be made; nobody has made it; it has waited for its service for an hour; that is not
   * configured; or the service would not have it.
   */
  readonly kind:
    'refused' | 'left' | 'held' | 'unplanned' | 'overdue' | 'waiting' | 'unconfigured' | 'blocked';
  /** What is so, and what to do about it. */
  readonly detail: string;
  readonly since: Date;
  /** When it is tried again by itself. */
  readonly nextTry?: Date;
}
