import type { ColumnType, Generated } from 'kysely';

/** Columns as SQLite keeps them: lists are JSON text, instants ISO text in UTC, days `YYYY-MM-DD`. */
export interface Database {
  papers: PaperTable;
  listings: ListingTable;
  vote_readings: VoteReadingTable;
  lists: ListTable;
  source_health: SourceHealthTable;
  subscriptions: SubscriptionTable;
  digests: DigestTable;
  deliveries: DeliveryTable;
  posted_papers: PostedPaperTable;
  message_papers: MessagePaperTable;
  bookmarks: BookmarkTable;
  reactions: ReactionTable;
  departures: DepartureTable;
  platform_memory: PlatformMemoryTable;
}

/** Every paper ever seen. `key` is the row number that the full-text index uses. */
export interface PaperTable {
  key: Generated<number>;
  id: string;
  title: string;
  abstract: string;
  authors: string;
  published_at: string | null;
  version: number | null;
  /** 0 or 1; null where the source doesn't tell. */
  withdrawn: number | null;
  categories: string;
  summary: string | null;
  keywords: string;
  organization: string | null;
  thumbnail: string | null;
  code_url: string | null;
  code_stars: number | null;
  project_url: string | null;
  submitter: string | null;
  /** The newest reading, kept here so that ranking needs no join. */
  upvotes: number | null;
  upvotes_at: string | null;
  comments: number | null;
  /** The newest list that holds it. */
  list_date: string | null;
  source: string;
}

/** Which paper stood on which list; a paper may return on a later one. */
export interface ListingTable {
  source: string;
  list_date: string;
  paper_id: string;
}

export interface VoteReadingTable {
  paper_id: string;
  read_at: string;
  upvotes: number;
}

/** What was fetched of each list, and when: decides what to fetch again. */
export interface ListTable {
  source: string;
  list_date: string;
  fetched_at: string;
  paper_count: number;
}

/** One row per source: its last success and last failure. */
export interface SourceHealthTable {
  source: string;
  succeeded_at: string | null;
  failed_at: string | null;
  failure: string | null;
  /** JSON list of {id, reason} of the last fetch's bad items. */
  skipped: string;
}

export interface SubscriptionTable {
  platform: string;
  tenant: string;
  channel: string;
  /** Local time `HH:MM`. */
  at: string;
  /** IANA name. */
  timezone: string;
  /** JSON list of ISO weekdays, 1 = Monday. */
  days: string;
  count: number;
  /** JSON list of queries. */
  topics: string;
  /** `thread`, `channel` or `compact`. */
  layout: string;
  /** UTC instant of the next slot. */
  next_due: string;
  created_by: string;
  created_at: string;
}

/** One planned digest: one slot of one channel. */
export interface DigestTable {
  id: Generated<number>;
  platform: string;
  tenant: string;
  channel: string;
  /** The slot's day in the channel's time zone. */
  local_date: string;
  /** The newest list that it draws from. */
  list_date: string | null;
  planned_at: string;
}

/** One message of a digest, frozen when planned. Position 0 is the overview. */
export interface DeliveryTable {
  digest_id: number;
  position: number;
  /** JSON of a `Message`. */
  message: string;
  /** JSON list of the base ids that a reaction on this message means. */
  papers: string;
  /** `planned`, `sending`, `sent` or `blocked`. */
  state: ColumnType<string, string | undefined, string>;
  attempts: ColumnType<number, number | undefined, number>;
  /** 1 where it is posted in the overview's thread. */
  in_thread: number;
  /** When the last attempt began. */
  attempted_at: string | null;
  /** Not before this instant, after a failure. */
  retry_at: string | null;
  /** The platform's name of the posted message. */
  message_ref: string | null;
  reason: string | null;
  sent_at: string | null;
}

/** A paper once planned for a channel is never planned there again. */
export interface PostedPaperTable {
  platform: string;
  tenant: string;
  channel: string;
  paper_id: string;
  digest_id: number;
}

/** Which papers a posted message shows, so that a reaction on it can be understood. */
export interface MessagePaperTable {
  platform: string;
  tenant: string;
  channel: string;
  message: string;
  paper_id: string;
  posted_at: string;
}

/** Who has which emoji on a message that shows papers. */
export interface ReactionTable {
  platform: string;
  tenant: string;
  channel: string;
  message: string;
  emoji: string;
  reader_tenant: string;
  reader: string;
}

/** A tenant (then `channel` is empty) or channel that the bot was removed from. */
export interface DepartureTable {
  platform: string;
  tenant: string;
  channel: string;
  left_at: string;
}

export interface PlatformMemoryTable {
  platform: string;
  key: string;
  value: string;
}

/** A paper kept by one reader. */
export interface BookmarkTable {
  platform: string;
  tenant: string;
  reader: string;
  paper_id: string;
  saved_at: string;
}
