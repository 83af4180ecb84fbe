import { createPaperboy, type Paperboy } from '../core/paperboy.ts';
import { createHttp } from '../core/http.ts';
import { createBeyond, createSources } from '../core/sources/index.ts';
import type { PaperSource } from '../core/sources/source.ts';
import { createMarkFile } from '../core/store/mark-file.ts';
import { closeStore, openStore, type Store } from '../core/store/open.ts';
import { createEmbedder } from '../core/vectors/index.ts';
import type { ChatPlatform, Clock, Log } from '../core/index.ts';
import { loadConfig, type Config } from '../config.ts';
import { createLog } from '../log.ts';
import type { Terminal } from './call.ts';

/** Everything that a call works with, put together from the configuration. */
export interface App {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly sources: readonly PaperSource[];
  readonly paperboy: Paperboy;
}

export interface AppOptions {
  /** Uses the built-in sample in place of the network, as PAPERBOY_OFFLINE=1 does. */
  readonly offline?: boolean;
  readonly platforms?: readonly ChatPlatform[];
}

/** Reads the configuration, opens the database, and hands both to `work`; closes it afterwards. */
export async function withApp<Result>(
  config: Config,
  options: AppOptions,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const offline = options.offline ?? config.offline;
  const log = createLog(config.log.level);
  const clock = clockOf(config);
  const path = databasePath(config, offline);
  const store = openStore(path);
  try {
    const http = createHttp({ userAgent: config.userAgent });
    const where = { ...config.sources, offline };
    const sources = createSources(where, http, clock);
    const { embeddings } = config;
    const paperboy = createPaperboy({
      store,
      sources,
      beyond: createBeyond(sources, where, http, clock),
      platforms: options.platforms ?? [],
      settings: settingsOf(config),
      clock,
      log,
      embedder: embeddings && !offline ? createEmbedder(embeddings, http) : undefined,
      beside: createMarkFile(path),
    });
    return await work({ config, clock, log, store, sources, paperboy });
  } finally {
    await closeStore(store);
  }
}

export function configOf({ env }: Terminal): Config {
  return loadConfig(env);
}

/** The sample has a database of its own, so that it never mixes with real papers. */
export function databasePath(config: Config, offline: boolean): string {
  return offline ? config.database.replace(/(\.[^./]*)?$/, '.sample$1') : config.database;
}

/** PAPERBOY_NOW fixes the clock, so that a past day can be shown as it was. */
export function clockOf({ now }: Config): Clock {
  return now === undefined ? () => new Date() : () => new Date(now);
}

/** What digests are made with, of all that is configured. */
export function settingsOf({ digest, ranking }: Config) {
  const { topics, muted, follows } = digest;
  return { weights: ranking.weights, profile: { topics, muted, follows } };
}
