import type { Clock } from '../clock.ts';
import type { Instant, Paper } from '../paper.ts';
import { MEANINGFUL_EMOJI } from '../platform.ts';
import type { MessageRef, Reaction, ReaderRef } from '../platform.ts';
import { matchesQuery } from '../ranking/words.ts';
import { addBookmarks, bookmarksOf, removeBookmarks } from '../store/bookmarks.ts';
import { papersOfMessage, postedAt, recordMessagePapers } from '../store/message-papers.ts';
import type { Store } from '../store/open.ts';
import { erasedSince } from '../store/erasures.ts';
import { reactorsOf, recordReaction } from '../store/reactions.ts';
import { inTransaction } from '../store/transaction.ts';

/** The emoji that keeps a paper. */
const BOOKMARK = '🔖';

export interface Bookmarks {
  /** True when the paper was not in the library before. The paper must be in the archive. */
  save(reader: ReaderRef, paper: string): Promise<boolean>;
  /** True when the paper was in the library before. */
  unsave(reader: ReaderRef, paper: string): Promise<boolean>;
  /** Newest first; with a query only the papers whose text holds all its words. */
  list(reader: ReaderRef, query?: string): Promise<Paper[]>;
  /** Saves or unsaves, for the reader who reacted, every paper that the message shows. */
  react(reaction: Reaction): Promise<void>;
  /**
   * Who has the emoji on the message now: does what reactions did that nobody told us of. What may
   * have stood there before a reader had everything deleted brings nothing back.
   */
  reconcile(message: MessageRef, emoji: string, readers: readonly ReaderRef[]): Promise<void>;
  /** Remembers which papers a message shows. */
  remember(ref: MessageRef, papers: readonly string[]): Promise<void>;
}

/** Each reader's own library, joined or not. Its methods reject only when the database does. */
export function createBookmarks(store: Store, clock: Clock): Bookmarks {
  const now = () => clock().toISOString();
  return {
    async save(reader, paper) {
      return (await addBookmarks(store, reader, [paper], now())) > 0;
    },
    unsave: (reader, paper) => removeBookmarks(store, reader, [paper]),
    async list(reader, query) {
      const papers = await bookmarksOf(store, reader);
      return query === undefined
        ? papers
        : papers.filter((paper) => matchesQuery(paper, query) !== undefined);
    },
    react: (reaction) => inTransaction(store, (within) => react(within, reaction, now())),
    reconcile: (message, emoji, readers) =>
      inTransaction(store, async (within) => {
        const change = (added: boolean) => (reader: ReaderRef) =>
          react(within, { message, emoji, reader, added }, now());
        const known = await reactorsOf(within, message, emoji);
        const isErased = await erasedSince(within, await postedAt(within, message));
        const missed = without(readers, known).filter((reader) => !isErased(reader));
        await inTurn(missed, change(true));
        await inTurn(without(known, readers), change(false));
      }),
    remember: (ref, papers) => recordMessagePapers(store, ref, papers, now()),
  };
}

async function react(store: Store, reaction: Reaction, now: Instant): Promise<void> {
  const { emoji, added, message, reader } = reaction;
  if (!MEANINGFUL_EMOJI.includes(emoji)) return;
  const papers = await papersOfMessage(store, message);
  if (papers.length === 0) return;
  await recordReaction(store, message, emoji, reader, added);
  if (emoji !== BOOKMARK) return;
  if (added) await addBookmarks(store, reader, papers, now);
  else await removeBookmarks(store, reader, papers);
}

function without(readers: readonly ReaderRef[], others: readonly ReaderRef[]): ReaderRef[] {
  const keys = new Set(others.map(toKey));
  return readers.filter((reader) => !keys.has(toKey(reader)));
}

function toKey({ tenant, user }: ReaderRef): string {
  return JSON.stringify([tenant, user]);
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}
