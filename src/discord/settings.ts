import type { Clock, Log } from '../core/index.ts';

export interface DiscordSettings {
  readonly token: string;
  /** Another base address of the API, with its `/api`: a proxy or a test server. */
  readonly apiUrl?: string;
  /** Requests a second over all channels. Discord allows 50 a bot; 20 to 25 leaves room for others. */
  readonly requestsPerSecond: number;
  /** Publishes the digests of announcement channels to the servers that follow them. */
  readonly crosspost: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one request may take; 15 s by default, as discord.js has it. */
  readonly timeoutMs?: number;
  /** How often the connection is looked after; 15 s by default. */
  readonly watchMs?: number;
}

/** The `ChatPlatform.id`. */
export const PLATFORM = 'discord';

/** `ReaderRef.tenant`: user ids are unique over all of Discord. */
export const READERS = 'discord';

/** `ChannelRef.tenant` of direct messages, as Discord's own addresses have it. */
export const DIRECT = '@me';

/** How long a nonce is surely known to Discord, of "the past few minutes" that it promises. */
export const NONCE_MS = 60_000;

/** Stands for the id of a message that was posted and deleted before we knew its own. */
export const DELETED = '0';
