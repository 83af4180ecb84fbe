import type { ChannelRef, ReaderRef } from './platform.ts';

/** How a digest stands in a channel: papers in a thread, one message each, or all in one message. */
export const LAYOUTS = ['thread', 'channel', 'compact'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Which list a digest draws from: the newest that has closed, or today's so far. */
export const MODES = ['settled', 'early'] as const;
export type Mode = (typeof MODES)[number];

/** What becomes of a day without papers: a note says why, once, or nothing is said. */
export const QUIET_DAYS = ['note', 'silent'] as const;

export interface SubscriptionWish {
  readonly channel: ChannelRef;
  /** Who wishes it, and is told when its digests can't be posted. */
  readonly reader: ReaderRef;
  /** `HH:MM`. */
  readonly at: string;
  readonly timezone: string;
  /** ISO weekdays, 1 = Monday. */
  readonly days: readonly number[];
  readonly count: number;
  readonly topics: readonly string[];
  /** What never shows, written like topics. */
  readonly muted: readonly string[];
  readonly mode: Mode;
  readonly layout: Layout;
  /** Ranked by the taste of `reader`: in a direct message, where nobody else reads it. */
  readonly personal?: boolean;
  /** Days without papers pass in silence. */
  readonly silent?: boolean;
}

export interface Subscription extends SubscriptionWish {
  readonly nextDue: Date;
}

/** A change of the topics that come first in a channel, or of those that it mutes. */
export interface TopicsWish {
  readonly channel: ChannelRef;
  readonly reader: ReaderRef;
  readonly field: 'topics' | 'muted';
  readonly topics: readonly string[];
}
