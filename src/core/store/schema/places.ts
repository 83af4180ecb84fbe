import type { ColumnType } from 'kysely';

export interface MessagePaperTable {
  platform: string;
  tenant: string;
  channel: string;
  message: string;
  paper_id: string;
  posted_at: string;
}

export interface ReactionTable {
  platform: string;
  tenant: string;
  channel: string;
  message: string;
  emoji: string;
  reader_tenant: string;
  reader: string;
}

export interface BookmarkTable {
  platform: string;
  tenant: string;
  reader: string;
  paper_id: string;
  saved_at: string;
}

export interface DepartureTable {
  platform: string;
  tenant: string;
  channel: string;
  left_at: string;
  /** Said to people; null where only the departure is known. */
  reason: string | null;
  /** When the channel's manager was told. */
  told_at: string | null;
  /** Not told before this instant, after a failure. */
  tell_at: string | null;
  /** When it was first seen to be left for long. */
  expired_at: string | null;
}

export interface QuietLinkTable {
  platform: string;
  tenant: string;
  channel: string;
}

export interface PlatformMemoryTable {
  platform: string;
  key: string;
  value: string;
}

/** What lets a platform act for a tenant; the platform encrypts what is secret in it. */
export interface InstallationTable {
  platform: string;
  tenant: string;
  content: string;
  updated_at: string;
}

/** What a service sent. Its content goes once it is dealt with; its id stays for seven days. */
export interface ArrivalTable {
  platform: string;
  tenant: string;
  id: string;
  content: string | null;
  attempts: ColumnType<number, number | undefined, number>;
  received_at: string;
}
