import { Routes } from 'discord.js';
import { MEANINGFUL_EMOJI, type MessageRef, type ReaderRef } from '../core/index.ts';
import { toLogFields } from './errors.ts';
import type { RawMessage } from './look-back.ts';
import { toPlainEmoji, toReader, type RawEmoji, type Reactions } from './reactions.ts';
import { DELETED, PLATFORM } from './settings.ts';
import type { Wire } from './wire.ts';

const DAY_MS = 86_400_000;
const LOOKED_BACK_MS = 7 * DAY_MS;

/** A message that somebody reacts to while it is read is read again, so often at most. */
const ROUNDS = 5;

interface Reconciling {
  readonly isWanted: (tenant: string) => boolean;
  readonly isOver: () => boolean;
  readonly reactions: Reactions;
}

/**
 * Compares the reactions of the last 7 days' messages with what the core knows: while we were not
 * connected nobody told us. One request for all messages of a thread, and one for each emoji that
 * somebody has put there. Never rejects; stops when `isOver`.
 */
export async function reconcile(
  wire: Wire,
  { isWanted, isOver, reactions }: Reconciling,
): Promise<void> {
  const since = new Date(wire.clock().getTime() - LOOKED_BACK_MS);
  const recent = await wire.inbox.recent(PLATFORM, since);
  const channels = new Map<string, MessageRef[]>();
  for (const ref of recent.filter((each) => isWanted(each.tenant) && each.message !== DELETED)) {
    channels.set(ref.channel, [...(channels.get(ref.channel) ?? []), ref]);
  }
  for (const [channel, refs] of channels) {
    if (isOver()) return;
    await reconcileChannel(wire, refs, reactions).catch((error: unknown) => {
      wire.log.warn({ channel, ...toLogFields(error) }, 'reactions could not be read');
    });
  }
}

async function reconcileChannel(
  wire: Wire,
  refs: readonly MessageRef[],
  reactions: Reactions,
): Promise<void> {
  let left = refs;
  for (let round = 1; round <= ROUNDS && left.length > 0; round += 1) {
    left = await compare(wire, left, reactions);
  }
}

interface ReactedMessage extends RawMessage {
  readonly reactions?: readonly RawReaction[];
}

/** https://docs.discord.com/developers/resources/message#reaction-object */
interface RawReaction {
  readonly emoji: RawEmoji;
  readonly count_details: { readonly normal: number; readonly burst: number };
}

/** Gives the messages whose reactions changed meanwhile: what was read of them is not true any more. */
async function compare(
  wire: Wire,
  refs: readonly MessageRef[],
  reactions: Reactions,
): Promise<MessageRef[]> {
  const before = reactions.changes.count();
  const standing = await readMessages(wire, refs);
  const stale: MessageRef[] = [];
  for (const ref of refs) {
    const message = standing.get(ref.message);
    // One that can't be seen may still be there: nobody's bookmark is taken away for it.
    if (message === undefined) continue;
    for (const emoji of MEANINGFUL_EMOJI) {
      const variants = (message.reactions ?? []).filter(
        (each) => toPlainEmoji(each.emoji) === emoji,
      );
      const readers = await readersOf(wire, ref, variants);
      if (reactions.changes.since(ref.message, before)) {
        stale.push(ref);
        break;
      }
      await wire.inbox.reacted(ref, emoji, readers);
    }
  }
  return stale;
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;

/** Those that still stand. Each request begins at the oldest that is wanted and not yet seen. */
async function readMessages(
  wire: Wire,
  refs: readonly MessageRef[],
): Promise<Map<string, ReactedMessage>> {
  const found = new Map<string, ReactedMessage>();
  const [first] = refs;
  if (first === undefined) return found;
  const path = Routes.channelMessages(first.channel);
  let wanted = refs.map(({ message }) => BigInt(message)).sort((a, b) => (a < b ? -1 : 1));
  for (let [oldest] = wanted; oldest !== undefined; [oldest] = wanted) {
    const query = { after: String(oldest - 1n), limit: String(PAGE) };
    const messages = await wire.ask<readonly ReactedMessage[]>({ method: 'GET', path, query });
    for (const each of messages) found.set(each.id, each);
    const seen = messages.map(({ id }) => BigInt(id)).reduce((a, b) => (a > b ? a : b), oldest);
    wanted = messages.length < PAGE ? [] : wanted.filter((id) => id > seen);
  }
  return found;
}

interface RawUser {
  readonly id: string;
  readonly bot?: boolean;
}

/** Super reactions are listed apart from the others. */
const TYPES = { normal: '0', burst: '1' } as const;

async function readersOf(
  wire: Wire,
  ref: MessageRef,
  variants: readonly RawReaction[],
): Promise<ReaderRef[]> {
  const readers = new Map<string, ReaderRef>();
  for (const { emoji, count_details: counts } of variants) {
    for (const kind of ['normal', 'burst'] as const) {
      if (counts[kind] === 0) continue;
      for (const id of await peopleOf(wire, ref, emoji, TYPES[kind])) readers.set(id, toReader(id));
    }
  }
  return [...readers.values()];
}

async function peopleOf(
  { ask }: Wire,
  { channel, message }: MessageRef,
  { name }: RawEmoji,
  type: string,
): Promise<string[]> {
  const path = Routes.channelMessageReaction(channel, message, encodeURIComponent(name ?? ''));
  const people: string[] = [];
  for (let after = '0', size = PAGE; size === PAGE;) {
    const query = { type, after, limit: String(PAGE) };
    const users = await ask<readonly RawUser[]>({ method: 'GET', path, query });
    people.push(...users.filter(({ bot }) => bot !== true).map(({ id }) => id));
    size = users.length;
    after = users.at(-1)?.id ?? after;
  }
  return people;
}
