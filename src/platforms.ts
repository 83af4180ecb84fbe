import type { Config } from './config.ts';
import type { ChannelRef, ChatPlatform, Clock, Installations, Log, Message } from './core/index.ts';

/** What every platform is made with. */
export interface PlatformParts {
  readonly config: Config;
  /** Path of the database in use: what a platform keeps of its own stands beside it. */
  readonly database: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** One message of a digest, and whether it stands in the thread of the first one. */
export interface PayloadPage {
  readonly message: Message;
  readonly inThread: boolean;
}

/** One thing that was looked at. What is not well says what to do. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

/** One platform that Paperboy can run. */
export interface PlatformEntry {
  /** The `ChatPlatform.id`, and the name of its folder. */
  readonly id: string;
  /** Whether the configuration holds what it needs, its token above all. */
  isConfigured(config: Config): boolean;
  /** Runs where nothing is configured, since it needs no token. */
  readonly isFallback?: true;
  /** Loads its code, the service's SDK included, and makes it; nothing connects before `start`. */
  load(parts: PlatformParts): Promise<ChatPlatform>;
  /** The bodies of the requests that would post a digest, in order; needs no token. */
  payloads?(pages: readonly PayloadPage[]): Promise<readonly object[]>;
  /** Looks at its service without posting anything: what is well, and what is not. */
  examine?(
    parts: PlatformParts,
    channels: readonly ChannelRef[],
    installations: Installations,
  ): Promise<readonly Finding[]>;
}

/** Every platform there is. A new one is one more entry. */
const platforms: readonly PlatformEntry[] = [
  {
    id: 'discord',
    isConfigured: ({ discord }) => discord.token !== undefined,
    load: async ({ config: { discord }, clock, log }) => {
      const { createDiscord } = await import('./discord/index.ts');
      return createDiscord({ ...discord, token: discord.token ?? '', clock, log });
    },
    payloads: async (pages) => (await import('./discord/payloads.ts')).toPayloads(pages),
    examine: async ({ config: { discord }, clock, log }, channels) => {
      const { examine } = await import('./discord/examine.ts');
      return examine({ ...discord, token: discord.token ?? '', clock, log }, channels);
    },
  },
  {
    id: 'slack',
    isConfigured: ({ slack: { botToken, appToken, signingSecret } }) =>
      (botToken ?? appToken ?? signingSecret) !== undefined,
    load: async ({ config: { slack }, clock, log }) => {
      const { createSlack } = await import('./slack/index.ts');
      return createSlack({ ...slack, clock, log });
    },
    payloads: async (pages) => (await import('./slack/payloads.ts')).toPayloads(pages),
    examine: async ({ config: { slack }, clock, log }, channels, installations) => {
      const { examine } = await import('./slack/examine.ts');
      return examine({ ...slack, clock, log }, channels, installations);
    },
  },
  {
    id: 'preview',
    isConfigured: () => false,
    isFallback: true,
    load: async ({ config, database, clock, log }) => {
      const { createPreview } = await import('./preview/index.ts');
      const historyPath = database.replace(/(\.[^./]*)?$/, '.preview.jsonl');
      return createPreview({ port: config.preview.port, historyPath, clock, log });
    },
  },
];

/** The platforms that the configuration asks for; without any, those that need no token. */
export function configuredPlatforms(config: Config): readonly PlatformEntry[] {
  const asked = platforms.filter((platform) => platform.isConfigured(config));
  return asked.length > 0 ? asked : fallbackPlatforms();
}

/** The platform of that id, configured or not. */
export function findPlatform(id: string): PlatformEntry | undefined {
  return platforms.find((platform) => platform.id === id);
}

/** The local page. */
export function fallbackPlatforms(): readonly PlatformEntry[] {
  return platforms.filter((platform) => platform.isFallback === true);
}
