import { createClock, createSnowflakes, type Clock } from './clock.ts';
import type { Dispatch } from './gateway/intents.ts';
import type { Interaction } from './interaction.ts';
import { ALL_PERMISSIONS, bitsOf, type Permission } from './permissions.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Refuses private messages (50007). */
  dmsClosed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Member {
  readonly userId: string;
  readonly roles: Set<string>;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  /** False during an outage. */
  available: boolean;
}

export interface Overwrite {
  /** A role's or a member's. */
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
}

export interface ThreadState {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archiveChangedAt: number;
  appliedTags: readonly string[];
}

export interface Channel {
  readonly id: string;
  /** 0 text, 1 DM, 2 voice, 5 announcement, 10 announcement thread, 11 public thread, 15 forum. */
  readonly type: number;
  name: string;
  readonly guildId?: string;
  readonly parentId?: string;
  /** The other side of a DM. */
  readonly recipientId?: string;
  readonly overwrites: Map<string, Overwrite>;
  slowmodeSeconds: number;
  readonly tags: readonly Tag[];
  readonly requireTag: boolean;
  readonly thread?: ThreadState;
  /** Oldest first. */
  readonly messages: Map<string, Message>;
}

export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** 0 plain, 19 a reply, 20 the answer to a command. */
  readonly type: number;
  readonly timestamp: number;
  readonly nonce?: string | number;
  readonly replyTo?: string;
  readonly interactionId?: string;
  /** Set when only this user sees it. */
  readonly ephemeralFor?: string;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  attachments: readonly Json[];
  flags: number;
  editedAt?: number;
  /** Whom it notified: `everyone`, `user:1`, `role:2`, as if the bot had every permission. */
  pings: readonly string[];
  /** Emoji to the users who reacted with it. */
  readonly reactions: Map<string, Set<string>>;
  /** The same of super reactions. */
  readonly bursts: Map<string, Set<string>>;
  /** Every body that was sent for it, the first and each edit. */
  readonly bodies: Json[];
}

/** All that the server knows. */
export interface World {
  readonly clock: Clock;
  readonly nextId: () => string;
  readonly bot: User;
  readonly options: WorldOptions;
  token: { value: string; valid: boolean };
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** Commands by scope: `global` or a guild's id. */
  readonly commands: Map<string, Json[]>;
  readonly interactions: Map<string, Interaction>;
  readonly nonces: Map<
    string,
    { readonly messageId: string; readonly channelId: string; at: number }
  >;
  /** Times of edits of messages older than an hour, by channel. */
  readonly oldEdits: Map<string, number[]>;
  readonly ephemerals: Message[];
  /** When commands were made. */
  readonly commandCreations: number[];
  emit: (event: Dispatch) => void;
}

export interface WorldOptions {
  /** How long a nonce is known; Discord says "the past few minutes". Five minutes by default. */
  readonly nonceWindowMs: number;
  /** Discord gives no figure for 30046; 30 an hour and channel by default. */
  readonly oldEditsPerHour: number;
  /** 160006; 1,000 by default. */
  readonly maxActiveThreads: number;
}

export function createWorld(token: string, options: Partial<WorldOptions>): World {
  const clock = createClock();
  const nextId = createSnowflakes(clock);
  const bot: User = { id: nextId(), name: 'Paperboy', bot: true, dmsClosed: false };
  return {
    clock,
    nextId,
    bot,
    options: {
      nonceWindowMs: 5 * 60_000,
      oldEditsPerHour: 30,
      maxActiveThreads: 1_000,
      ...options,
    },
    token: { value: token, valid: true },
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map([['global', []]]),
    interactions: new Map(),
    nonces: new Map(),
    oldEdits: new Map(),
    ephemerals: [],
    commandCreations: [],
    emit: () => undefined,
  };
}

/** The overwrite that leaves exactly these permissions. */
export function exactly(permissions: readonly Permission[]): Overwrite {
  const allow = bitsOf(permissions);
  return { type: 1, allow, deny: ALL_PERMISSIONS & ~allow };
}
