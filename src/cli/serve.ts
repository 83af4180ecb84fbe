import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Config } from '../config.ts';
import type { ChatPlatform } from '../core/index.ts';
import type { DigestContent } from '../core/digest/index.ts';
import { takeWorkerLock } from '../core/store/worker-lock.ts';
import { createLog } from '../log.ts';
import type { PlatformEntry } from '../platforms.ts';
import { previewChannel } from '../preview/index.ts';
import { clockOf, databasePath, withApp, type App } from './app.ts';
import type { Terminal } from './call.ts';
import { digestOf } from './digest-of.ts';
import { digestText } from './digest.ts';

/** Runs platforms until it is told to stop. */
export async function serve(
  terminal: Terminal,
  config: Config,
  entries: readonly PlatformEntry[],
): Promise<void> {
  const isLook = entries.every((entry) => entry.isFallback === true);
  const offline = config.offline || (isLook && !(await hasPapers(config, terminal)));
  const platforms = await loadAll(config, entries, offline);
  await withApp(config, { offline, platforms }, async (app) => {
    const worker = { pid: process.pid, host: hostname(), since: app.clock().toISOString() };
    const lock = await takeWorkerLock(app.store, databasePath(config, offline), worker);
    await app.paperboy.start();
    if (isLook) await showNewest(app, terminal);
    for (const platform of platforms) terminal.err(`Paperboy is at ${platform.describe()}.`);
    terminal.err('Ctrl-C stops it.');
    await stopSignal();
    terminal.err('Stopping.');
    await app.paperboy.stop();
    lock.release();
  });
}

function loadAll(
  config: Config,
  entries: readonly PlatformEntry[],
  offline: boolean,
): Promise<ChatPlatform[]> {
  const parts = {
    config,
    database: databasePath(config, offline),
    clock: clockOf(config),
    log: createLog(config.log.level),
  };
  return Promise.all(entries.map((entry) => entry.load(parts)));
}

/** A first look must show something: where no real paper can be had, the built-in sample serves. */
async function hasPapers(config: Config, terminal: Terminal): Promise<boolean> {
  return withApp(config, {}, async (app) => {
    const { note, total } = await newestDigest(app);
    if (total > 0) return true;
    terminal.err(`No papers could be had. ${note ?? ''}\nThe built-in sample is shown instead.\n`);
    return false;
  });
}

async function showNewest(app: App, terminal: Terminal): Promise<void> {
  const content = await newestDigest(app);
  terminal.out(`${digestText(content, terminal)}\n`);
  await app.paperboy.show(previewChannel, content);
}

function newestDigest(app: App): Promise<DigestContent> {
  const { count } = app.config.digest;
  return digestOf(app, { date: undefined, topics: [], count });
}

async function stopSignal(): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  await Promise.race([once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })]);
  stopping.abort();
}
