import type { DateString, Paper } from './paper.ts';
import type { ChannelRef } from './platform.ts';

export interface SearchOptions {
  readonly limit: number;
  /** Only papers listed or published on or after this day. */
  readonly since?: DateString;
  readonly channel?: ChannelRef;
}

export interface SearchHit {
  readonly paper: Paper;
  /** Where it came from: `archive`, or a source's name. */
  readonly from: readonly string[];
  /** Why the archive found it: `matches “agents”`, `close in meaning`. */
  readonly why?: string;
  /** The day it was posted in the asking channel. */
  readonly postedOn?: DateString;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** One line a source that was slow or failed, and one for a query that looks misspelt. */
  readonly notes: readonly string[];
  /** Where and how it was looked for. */
  readonly tried: {
    /** The places that answered: `archive`, or a source's name. */
    readonly places: readonly string[];
    /** Other ways to write the query's words that were looked for in the archive. */
    readonly ways: readonly string[];
  };
  /** Set where something was found, and the channel mutes all of it. */
  readonly allMuted?: boolean;
}
