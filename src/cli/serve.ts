import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Config } from '../config.ts';
import { paragraph, type ChatPlatform } from '../core/index.ts';
import type { DigestContent } from '../core/digest/index.ts';
import { takeWorkerLock } from '../core/store/worker-lock.ts';
import { createLog } from '../log.ts';
import type { PlatformEntry } from '../platforms.ts';
import { previewChannel } from '../preview/index.ts';
import { clockOf, databasePath, withApp, type App } from './app.ts';
import type { Terminal } from './call.ts';
import { digestOf } from './digest-of.ts';
import { digestText } from './digest.ts';
import { toTerminal } from './terminal.ts';

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
    const stopped = stopSignal();
    // A start may have to wait for minutes.
    await Promise.race([announce(app, terminal, platforms, isLook), stopped]);
    await stopped;
    terminal.err('Stopping.');
    await app.paperboy.stop();
    lock.release();
  });
}

async function announce(
  app: App,
  terminal: Terminal,
  platforms: readonly ChatPlatform[],
  isLook: boolean,
): Promise<void> {
  await app.paperboy.start();
  if (isLook) await showNewest(app, terminal);
  const places = platforms.map((platform) => platform.describe()).join(' and ');
  terminal.err(`Paperboy is running: ${places} (Ctrl-C stops it)`);
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
  terminal.err('Fetching the newest papers …');
  const problem = await whyNone(config);
  if (problem === undefined) return true;
  const reason = paragraph(`No papers could be had. ${problem}`);
  const instead = paragraph('Here is the built-in sample of well-known papers instead.');
  const { color, width } = terminal;
  terminal.err(toTerminal({ summary: '', blocks: [reason, instead] }, { color, width }));
  return false;
}

/** Nobody waits longer for a first look, in milliseconds: a list takes 1 to 3 s to arrive. */
const PATIENCE_MS = 15_000;

/** Why there is no paper to show; undefined when there are some. */
async function whyNone(config: Config): Promise<string | undefined> {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  try {
    // What fails is told to the person, so a warning in the log would only say it twice.
    return await withApp({ ...config, log: { level: 'error' } }, {}, async (app) => {
      const { note = 'The newest list is empty.', total } = await newestDigest(app, deadline);
      return total > 0 ? undefined : note;
    });
  } catch (error) {
    if (!deadline.aborted || error !== deadline.reason) throw error;
    return `Nothing arrived within ${PATIENCE_MS / 1000} seconds.`;
  }
}

async function showNewest(app: App, terminal: Terminal): Promise<void> {
  const content = await newestDigest(app);
  terminal.out(`${digestText(content, terminal)}\n`);
  await app.paperboy.show(previewChannel, content);
}

function newestDigest(app: App, signal?: AbortSignal): Promise<DigestContent> {
  const { count } = app.config.digest;
  return digestOf(app, { date: undefined, topics: [], count }, signal);
}

async function stopSignal(): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  await Promise.race([once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })]);
  stopping.abort();
}
