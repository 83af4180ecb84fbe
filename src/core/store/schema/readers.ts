/** Readers who share a library; one that has joined with nobody is in none. */
export interface LibraryReaderTable {
  platform: string;
  tenant: string;
  reader: string;
  library: string;
}

/** One-time codes, of which only hashes are kept. */
export interface LinkCodeTable {
  platform: string;
  tenant: string;
  reader: string;
  hash: string;
  made_at: string;
  /** Null while it can still be used. */
  ended: 'used' | 'replaced' | null;
}

/** How many wrong codes a reader has written since the first of them. */
export interface WrongCodeTable {
  platform: string;
  tenant: string;
  reader: string;
  count: number;
  since: string;
}

/** When a reader had everything deleted. */
export interface ErasureTable {
  /** A hash of platform, tenant and user id. */
  reader: string;
  erased_at: string;
}
