import type { HistoryRecord, Posted } from './records.ts';

/** One message as the page shows it now. */
export interface Entry extends Posted {
  /** The emoji that the reader has on it. */
  readonly reactions: readonly string[];
}

/** A message with the messages of its thread, oldest first. */
export interface Thread {
  readonly root: Entry;
  readonly replies: readonly Entry[];
}

/** All that the page shows: what the records say so far. */
export interface Feed {
  /** Records about unknown messages change nothing. */
  apply(record: HistoryRecord): void;
  find(id: string): Entry | undefined;
  /** The message that was posted under this key. */
  findKey(key: string): Entry | undefined;
  /** Newest first. */
  threads(): Thread[];
}

export function createFeed(records: readonly HistoryRecord[] = []): Feed {
  const entries = new Map<string, Entry>();
  const ids = new Map<string, string>();

  function post(record: Posted): void {
    // Twice the same key means that the first write failed after the line had reached the disk.
    entries.delete(ids.get(record.key) ?? '');
    entries.set(record.id, { ...record, reactions: [] });
    ids.set(record.key, record.id);
  }

  function apply(record: HistoryRecord): void {
    if (record.type === 'posted') {
      post(record);
      return;
    }
    const entry = entries.get(record.id);
    if (entry !== undefined) entries.set(record.id, change(entry, record));
  }

  for (const record of records) apply(record);
  return {
    apply,
    find: (id) => entries.get(id),
    findKey: (key) => entries.get(ids.get(key) ?? ''),
    threads: () => toThreads([...entries.values()]),
  };
}

function change(entry: Entry, record: Exclude<HistoryRecord, Posted>): Entry {
  if (record.type === 'updated') return { ...entry, message: record.message };
  const others = entry.reactions.filter((emoji) => emoji !== record.emoji);
  return { ...entry, reactions: record.added ? [...others, record.emoji] : others };
}

function toThreads(entries: readonly Entry[]): Thread[] {
  const replies = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.thread === undefined) continue;
    replies.set(entry.thread, [...(replies.get(entry.thread) ?? []), entry]);
  }
  return entries
    .filter((entry) => entry.thread === undefined)
    .map((root) => ({ root, replies: replies.get(root.id) ?? [] }))
    .reverse();
}

/** The records that would lead to these threads: the shortest history of them. */
export function toRecords(threads: readonly Thread[]): HistoryRecord[] {
  return [...threads]
    .reverse()
    .flatMap(({ root, replies }) => [root, ...replies].flatMap(recordsOf));
}

function recordsOf({ reactions, ...posted }: Entry): HistoryRecord[] {
  return [
    posted,
    ...reactions.map((emoji) => ({ type: 'reaction', id: posted.id, emoji, added: true }) as const),
  ];
}

/** The newest whole threads that hold at most `limit` messages together, and always the newest. */
export function newestThreads(threads: readonly Thread[], limit: number): Thread[] {
  let count = 0;
  return threads.filter(({ replies }, index) => {
    count += 1 + replies.length;
    return index === 0 || count <= limit;
  });
}
