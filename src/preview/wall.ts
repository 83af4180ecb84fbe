import { randomUUID } from 'node:crypto';
import { absent, DeliveryError } from '../core/index.ts';
import type { ChannelRef, Clock, Message, MessageRef, PostOptions } from '../core/index.ts';
import { toWriteError } from './errors.ts';
import type { Entry, Feed, Thread } from './feed.ts';
import type { History } from './history.ts';
import type { HistoryRecord } from './records.ts';
import { previewChannel } from './settings.ts';

/** What an answer adds to a post. */
interface Posting extends PostOptions {
  /** What the reader asked. */
  readonly asked?: string;
}

/** The messages that stand on the page. Changes happen one after another. */
export interface Wall {
  /** Rejects with `DeliveryError`. */
  post(channel: ChannelRef, message: Message, options: Posting): Promise<MessageRef>;
  /** Rejects with `DeliveryError`. */
  update(ref: MessageRef, message: Message): Promise<void>;
  /** Undefined when there is no such message. Rejects with `DeliveryError`. */
  react(id: string, emoji: string, added: boolean): Promise<Entry | undefined>;
  /** Newest first. */
  threads(): Thread[];
  /** Waits for the changes under way; every later one is refused. */
  close(): Promise<void>;
}

interface Parts {
  readonly history: History;
  readonly clock: Clock;
  /** Called with each message that is new or changed, once it is kept. */
  readonly onChange: (entry: Entry) => void;
}

export function createWall(parts: Parts): Wall {
  const { feed } = parts.history;
  const queue = createQueue();
  return {
    post: (channel, message, options) =>
      queue.run(() => {
        mustBeHere(channel);
        return post(parts, message, options);
      }),
    update: (ref, message) =>
      queue.run(async () => {
        mustBeHere(ref);
        mustFind(feed, ref);
        await keep(parts, { type: 'updated', id: ref.message, message });
      }),
    react: (id, emoji, added) =>
      queue.run(async () => {
        if (feed.find(id) === undefined) return undefined;
        return keep(parts, { type: 'reaction', id, emoji, added });
      }),
    threads: () => feed.threads(),
    close: () => queue.close(() => parts.history.close()),
  };
}

interface Queue {
  run<T>(change: () => Promise<T>): Promise<T>;
  close(last: () => Promise<void>): Promise<void>;
}

/** Changes one after another: of two posts with the same key the second must see the first. */
function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  return {
    run: (change) => {
      if (closing !== undefined) {
        return Promise.reject(new DeliveryError('unavailable', 'The preview is stopped.'));
      }
      const turn = last.then(change);
      last = turn.catch(() => undefined);
      return turn;
    },
    close: (finish) => (closing ??= last.then(finish)),
  };
}

async function keep({ history, onChange }: Parts, record: HistoryRecord) {
  try {
    await history.append(record);
  } catch (error) {
    throw toWriteError(error);
  }
  const entry = history.feed.find(record.id);
  if (entry !== undefined) onChange(entry);
  return entry;
}

async function post(parts: Parts, message: Message, posting: Posting): Promise<MessageRef> {
  const { key, thread, asked, signal, findOnly } = posting;
  const { feed } = parts.history;
  const first = feed.findKey(key);
  if (first !== undefined) return toRef(first.id);
  if (findOnly === true) throw absent();
  if (signal?.aborted === true) throw new DeliveryError('unavailable', 'The post was called off.');
  const root = thread === undefined ? undefined : mustFind(feed, thread);
  const id = randomUUID();
  await keep(parts, {
    type: 'posted',
    id,
    key,
    // Threads don't nest: an answer to an answer stands in the same thread.
    ...(root === undefined ? {} : { thread: root.thread ?? root.id }),
    ...(asked === undefined ? {} : { asked }),
    at: parts.clock().toISOString(),
    message,
  });
  return toRef(id);
}

function mustFind(feed: Feed, ref: MessageRef): Entry {
  const entry = feed.find(ref.message);
  if (entry !== undefined) return entry;
  throw new DeliveryError('rejected', `The preview has no message ${ref.message}.`);
}

function mustBeHere(place: ChannelRef): void {
  const { platform, tenant, channel } = previewChannel;
  if (place.platform === platform && place.tenant === tenant && place.channel === channel) return;
  throw new DeliveryError('channel-gone', `The preview has one channel, ${tenant}/${channel}.`);
}

/** A message's name as the core knows it. */
export function toRef(id: string): MessageRef {
  return { ...previewChannel, message: id };
}
