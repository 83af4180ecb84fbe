import { Routes } from 'discord.js';
import { MEANINGFUL_EMOJI, type MessageRef, type ReaderRef } from '../core/index.ts';
import { toLogFields } from './errors.ts';
import type { RawMessage } from './look-back.ts';
import { createRecent } from './recent.ts';
import { DIRECT, PLATFORM, READERS } from './settings.ts';
import type { Wire } from './wire.ts';

/** https://docs.discord.com/developers/events/gateway-events#message-reaction-add */
export interface ReactionEvent {
  readonly user_id: string;
  readonly channel_id: string;
  readonly message_id: string;
  readonly guild_id?: string;
  readonly emoji: RawEmoji;
  /** Only where a reaction was put on. */
  readonly message_author_id?: string;
  readonly member?: { readonly user?: { readonly bot?: boolean } };
}

interface RawEmoji {
  /** Set for a server's own emoji. */
  readonly id: string | null;
  readonly name: string | null;
}

/** How many messages of strangers are remembered, so that a reaction taken back costs no query. */
const STRANGERS = 10_000;

/** Hands a reaction on one of our messages to the core. */
export type React = (event: ReactionEvent, added: boolean) => Promise<void>;

export function createReact(wire: Wire): React {
  const strangers = createRecent<true>(STRANGERS);
  return async (event, added) => {
    // First of all, since nearly every reaction that we hear of is on a stranger's message; whose
    // it is, Discord says only when one is put on.
    if (!added && strangers.get(event.message_id) === true) return;
    if (added && event.message_author_id !== wire.us()) {
      strangers.set(event.message_id, true);
      return;
    }
    await react(wire, event, added);
  };
}

async function react(wire: Wire, event: ReactionEvent, added: boolean): Promise<void> {
  const us = wire.us();
  if (event.user_id === us || event.member?.user?.bot === true) return;
  const emoji = toPlainEmoji(event.emoji);
  if (emoji === undefined) return;
  const { guild_id: tenant = DIRECT, channel_id: channel, message_id: message } = event;
  await wire.inbox.reaction({
    emoji,
    added,
    message: { platform: PLATFORM, tenant, channel, message },
    reader: toReader(event.user_id),
  });
}

function toReader(user: string): ReaderRef {
  return { platform: PLATFORM, tenant: READERS, user };
}

/** Unicode without variation selectors and skin tones; undefined for a server's own emoji. */
function toPlainEmoji({ id, name }: RawEmoji): string | undefined {
  if (id !== null || name === null) return undefined;
  return name.replace(/[\u{FE0E}\u{FE0F}]|[\u{1F3FB}-\u{1F3FF}]/gu, '');
}

const DAY_MS = 86_400_000;
const LOOKED_BACK_MS = 7 * DAY_MS;

/**
 * Compares the reactions of the last 7 days' messages with what the core knows: while we were not
 * connected nobody told us. One request for all messages of a thread, and one for each emoji that
 * somebody has put there. Never rejects; stops when `isOver`.
 */
export async function reconcile(
  wire: Wire,
  isWanted: (tenant: string) => boolean,
  isOver: () => boolean,
): Promise<void> {
  const since = new Date(wire.clock().getTime() - LOOKED_BACK_MS);
  const recent = await wire.inbox.recent(PLATFORM, since);
  const channels = new Map<string, MessageRef[]>();
  for (const ref of recent.filter(({ tenant }) => isWanted(tenant))) {
    channels.set(ref.channel, [...(channels.get(ref.channel) ?? []), ref]);
  }
  for (const [channel, refs] of channels) {
    if (isOver()) return;
    await reconcileChannel(wire, refs).catch((error: unknown) => {
      wire.log.warn({ channel, ...toLogFields(error) }, 'reactions could not be read');
    });
  }
}

interface ReactedMessage extends RawMessage {
  readonly reactions?: readonly { readonly emoji: RawEmoji; readonly count: number }[];
}

async function reconcileChannel(wire: Wire, refs: readonly MessageRef[]): Promise<void> {
  const standing = await readMessages(wire, refs);
  for (const ref of refs) {
    const message = standing.get(ref.message);
    // One that can't be seen may still be there: nobody's bookmark is taken away for it.
    if (message === undefined) continue;
    for (const emoji of MEANINGFUL_EMOJI) {
      const variants = (message.reactions ?? [])
        .map((reaction) => reaction.emoji)
        .filter((each) => toPlainEmoji(each) === emoji);
      await wire.inbox.reacted(ref, emoji, await readersOf(wire, ref, variants));
    }
  }
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

async function readersOf(
  { ask }: Wire,
  { channel, message }: MessageRef,
  variants: readonly RawEmoji[],
): Promise<ReaderRef[]> {
  const readers = new Map<string, ReaderRef>();
  for (const { name } of variants) {
    const path = Routes.channelMessageReaction(channel, message, encodeURIComponent(name ?? ''));
    for (let after = '0', size = PAGE; size === PAGE;) {
      const query = { after, limit: String(PAGE) };
      const users = await ask<readonly RawUser[]>({ method: 'GET', path, query });
      for (const { id, bot } of users) if (bot !== true) readers.set(id, toReader(id));
      size = users.length;
      after = users.at(-1)?.id ?? after;
    }
  }
  return [...readers.values()];
}
