import type { Generated } from 'kysely';

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

export interface ListingTable {
  source: string;
  list_date: string;
  paper_id: string;
  /** When it was first seen there; null for long ago. */
  listed_at: string | null;
}

export interface VoteReadingTable {
  paper_id: string;
  read_at: string;
  upvotes: number;
}

export interface ListTable {
  source: string;
  list_date: string;
  fetched_at: string;
  paper_count: number;
}

export interface SourceHealthTable {
  source: string;
  succeeded_at: string | null;
  failed_at: string | null;
  failure: string | null;
  /** JSON list of {id, reason} of the last fetch's bad items. */
  skipped: string;
}
