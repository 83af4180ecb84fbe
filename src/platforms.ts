import type { Config } from './config.ts';
import type { ChatPlatform, Clock, Log } from './core/index.ts';

/** What every platform is made with. */
export interface PlatformParts {
  readonly config: Config;
  /** Path of the database in use: what a platform keeps of its own stands beside it. */
  readonly database: string;
  readonly clock: Clock;
  readonly log: Log;
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
}

/** Every platform there is. A new one is one more entry. */
const platforms: readonly PlatformEntry[] = [
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

/** The local page. */
export function fallbackPlatforms(): readonly PlatformEntry[] {
  return platforms.filter((platform) => platform.isFallback === true);
}
