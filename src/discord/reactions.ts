import { createChanges, MEANINGFUL_EMOJI, type Changes, type ReaderRef } from '../core/index.ts';
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

export interface RawEmoji {
  /** Set for a server's own emoji. */
  readonly id: string | null;
  readonly name: string | null;
}

/** How many messages of strangers are remembered, so that a reaction taken back costs no query. */
const STRANGERS = 10_000;

/** How many messages are remembered for having changed of late. */
const LIVELY = 1_000;

/** Reactions on our messages, as they are told. */
export interface Reactions {
  /** Hands one on to the core. `us` is our own user id. */
  react(event: ReactionEvent, added: boolean, us: string): Promise<void>;
  /** Hands on that nobody's is left. */
  clear(event: ClearedEvent): Promise<void>;
  /** The messages that somebody's reactions changed. */
  readonly changes: Changes;
}

export function createReactions({ inbox }: Wire): Reactions {
  const strangers = createRecent<true>(STRANGERS);
  const changes = createChanges(LIVELY);
  return {
    async react(event, added, us) {
      // First of all, since nearly every reaction that we hear of is on a stranger's message; whose
      // it is, Discord says only when one is put on.
      if (!added && strangers.get(event.message_id) === true) return;
      if (added && event.message_author_id !== us) {
        strangers.set(event.message_id, true);
        return;
      }
      if (event.user_id === us || event.member?.user?.bot === true) return;
      const emoji = toPlainEmoji(event.emoji);
      if (emoji === undefined) return;
      changes.note(event.message_id);
      const reader = toReader(event.user_id);
      await inbox.reaction({ emoji, added, message: toRef(event), reader });
    },
    async clear(event) {
      changes.note(event.message_id);
      const only = event.emoji && toPlainEmoji(event.emoji);
      for (const emoji of MEANINGFUL_EMOJI) {
        if (event.emoji === undefined || emoji === only)
          await inbox.reacted(toRef(event), emoji, []);
      }
    },
    changes,
  };
}

/** https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all */
export interface ClearedEvent {
  readonly channel_id: string;
  readonly message_id: string;
  readonly guild_id?: string;
  /** Where those of one emoji alone were taken away. */
  readonly emoji?: RawEmoji;
}

function toRef({ guild_id: tenant = DIRECT, channel_id: channel, message_id }: ClearedEvent) {
  return { platform: PLATFORM, tenant, channel, message: message_id };
}

export function toReader(user: string): ReaderRef {
  return { platform: PLATFORM, tenant: READERS, user };
}

/** Unicode without variation selectors and skin tones; undefined for a server's own emoji. */
export function toPlainEmoji({ id, name }: RawEmoji): string | undefined {
  if (id !== null || name === null) return undefined;
  return name.replace(/[\u{FE0E}\u{FE0F}]|[\u{1F3FB}-\u{1F3FF}]/gu, '');
}
