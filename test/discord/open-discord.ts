import { expect } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import { silentLog, type Log } from '../../src/core/log.ts';
import type { ChannelRef, ChatPlatform } from '../../src/core/platform.ts';
import { createDiscord } from '../../src/discord/index.ts';
import type { DiscordSettings } from '../../src/discord/settings.ts';
import {
  startDiscordServer,
  type DiscordServer,
  type DiscordServerOptions,
} from '../fakes/discord-server/index.ts';
import type { Channel, Guild } from '../fakes/discord-server/world.ts';

/** Discord with one server, one channel and one reader, and our platform before it, not started. */
export interface Scene {
  readonly server: DiscordServer;
  readonly platform: ChatPlatform;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly ref: ChannelRef;
  /** Ada reads there; she manages nothing. */
  readonly ada: string;
  readonly log: RecordingLog;
  /** Another run of the bot against the same Discord, as after a restart. */
  readonly again: () => ChatPlatform;
  readonly close: () => Promise<void>;
}

export interface SceneOptions {
  readonly server?: DiscordServerOptions;
  readonly settings?: Partial<DiscordSettings>;
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const server = await startDiscordServer(options.server);
  const guild = server.addGuild();
  const channel = server.addChannel({ guild });
  const ada = server.addUser({ guilds: [guild] }).id;
  const log = createRecordingLog();
  const platforms: ChatPlatform[] = [];
  const again = () => {
    const platform = createDiscord({
      token: server.token,
      apiUrl: server.url,
      // No test waits for the pace that is not about it.
      requestsPerSecond: 1_000,
      crosspost: false,
      clock: () => new Date(server.clock.now()),
      log,
      ...options.settings,
    });
    platforms.push(platform);
    return platform;
  };
  return {
    server,
    platform: again(),
    guild,
    channel,
    ref: { platform: 'discord', tenant: guild.id, channel: channel.id },
    ada,
    log,
    again,
    close: async () => {
      for (const platform of platforms) await platform.stop();
      await server.close();
      expect(server.crashes).toEqual([]);
      expect(server.violations).toEqual([]);
    },
  };
}

/** The failure of an attempt that has to fail. */
export async function failureOf(attempt: Promise<unknown>): Promise<DeliveryError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

/** What was logged, as it would be written. */
export interface RecordingLog extends Log {
  readonly lines: string[];
}

function createRecordingLog(): RecordingLog {
  const lines: string[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  return { ...silentLog, lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** Waits until this holds, asking again every few milliseconds. */
export async function until(holds: () => boolean, what = 'it', timeoutMs = 8_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
