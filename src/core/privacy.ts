import type { MessageRef, ReaderRef } from './platform.ts';
import type { Subscription } from './subscription.ts';

/** All that is kept about one reader, found by their id. */
export interface Kept {
  /** The newest first. */
  readonly bookmarks: readonly {
    readonly id: string;
    readonly title: string;
    readonly savedAt: Date;
  }[];
  /** With the titles of the papers that the message shows. */
  readonly reactions: readonly {
    readonly emoji: string;
    readonly message: MessageRef;
    readonly titles: readonly string[];
  }[];
  /** The channels whose digest the reader set up. */
  readonly subscriptions: readonly KeptSubscription[];
  /** The other readers whose libraries are joined with this one. */
  readonly joined: readonly ReaderRef[];
  /** One-time codes of the reader, of which only hashes are kept. */
  readonly codes: readonly { readonly madeAt: Date; readonly ended: 'used' | 'replaced' | null }[];
  /** The reader's guesses at codes, since the first of them. */
  readonly wrongCodes?: { readonly count: number; readonly since: Date };
  /** What a service sent of the reader and nobody has dealt with yet, this very request among it. */
  readonly arrivals: readonly { readonly receivedAt: Date }[];
  /** When the reader last had everything deleted. */
  readonly erasedAt?: Date;
}

export interface KeptSubscription {
  readonly subscription: Subscription;
  readonly createdAt: Date;
  /** Why nothing is posted there, of which the reader is told in person. */
  readonly trouble?: string;
}

/** What is kept about readers. Its methods reject only when the database does. */
export interface Privacy {
  kept(reader: ReaderRef): Promise<Kept>;
  /**
   * Deletes all of it at once, and returns what it was. Subscriptions stay, of nobody then, and so
   * do libraries that were joined with the reader's, of the others.
   */
  erase(reader: ReaderRef): Promise<Kept>;
}

/** How long a deletion is remembered, in days: one more than platforms look back at reactions. */
export const ERASURE_DAYS = 8;
