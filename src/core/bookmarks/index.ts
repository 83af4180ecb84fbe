import type { Clock } from '../clock.ts';
import type { Paper } from '../paper.ts';
import type { MessageRef, Reaction, ReaderRef } from '../platform.ts';
import { matchesQuery } from '../ranking/words.ts';
import {
  addBookmarks,
  bookmarksOf,
  papersOfMessage,
  recordMessagePapers,
  removeBookmarks,
} from '../store/bookmarks.ts';
import type { Store } from '../store/open.ts';

/** The emoji that keeps a paper. */
const BOOKMARK = '🔖';

export interface Bookmarks {
  /** True when the paper was not saved before. The paper must be in the archive. */
  save(reader: ReaderRef, paper: string): Promise<boolean>;
  /** True when the paper was saved before. */
  unsave(reader: ReaderRef, paper: string): Promise<boolean>;
  /** Newest first; with a query only the papers whose text holds all its words. */
  list(reader: ReaderRef, query?: string): Promise<Paper[]>;
  /** Saves or unsaves, for the reader who reacted, every paper that the message shows. */
  react(reaction: Reaction): Promise<void>;
  /** Remembers which papers a message shows. */
  remember(ref: MessageRef, papers: readonly string[]): Promise<void>;
}

/** Each reader's own library. Its methods reject only when the database does. */
export function createBookmarks(store: Store, clock: Clock): Bookmarks {
  const now = () => clock().toISOString();
  return {
    async save(reader, paper) {
      return (await addBookmarks(store, reader, [paper], now())) > 0;
    },
    async unsave(reader, paper) {
      return (await removeBookmarks(store, reader, [paper])) > 0;
    },
    async list(reader, query) {
      const papers = await bookmarksOf(store, reader);
      return query === undefined
        ? papers
        : papers.filter((paper) => matchesQuery(paper, query) !== undefined);
    },
    async react({ emoji, added, message, reader }) {
      if (emoji !== BOOKMARK) return;
      const papers = await papersOfMessage(store, message);
      if (added) await addBookmarks(store, reader, papers, now());
      else await removeBookmarks(store, reader, papers);
    },
    remember: (ref, papers) => recordMessagePapers(store, ref, papers),
  };
}
