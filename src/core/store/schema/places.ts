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
}

export interface PlatformMemoryTable {
  platform: string;
  key: string;
  value: string;
}
