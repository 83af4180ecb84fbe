import { once } from 'node:events';
import type { DigestContent } from '../core/digest/index.ts';
import type { Config } from '../config.ts';
import { createPreview, previewChannel } from '../preview/index.ts';
import { clockOf, configOf, databasePath, withApp, type App } from './app.ts';
import type { Terminal } from './call.ts';
import { digestOf } from './digest-of.ts';
import { digestText } from './digest.ts';
import { createLog } from '../log.ts';

export interface ServeOptions {
  /** In place of the configured one. */
  readonly port?: number;
}

/**
 * Prints the newest digest, shows it on the local page, and keeps running until it is told to
 * stop. Where no real paper can be had, the built-in sample serves.
 */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<void> {
  const config = configOf(terminal);
  const offline = config.offline || !(await hasPapers(config, terminal));
  const platform = createPreview({
    port: options.port ?? config.preview.port,
    historyPath: databasePath(config, offline).replace(/(\.[^./]*)?$/, '.preview.jsonl'),
    log: createLog(config.log.level),
    clock: clockOf(config),
  });
  await withApp(config, { offline, platforms: [platform] }, async (app) => {
    await app.paperboy.start();
    const content = await newestDigest(app);
    terminal.out(digestText(content, terminal));
    await app.paperboy.show(previewChannel, content);
    terminal.err(`\nThe local page is at ${platform.url} (Ctrl-C stops it).`);
    await stopSignal();
    terminal.err('Stopping.');
    await app.paperboy.stop();
  });
}

async function hasPapers(config: Config, terminal: Terminal): Promise<boolean> {
  return withApp(config, {}, async (app) => {
    const { note, total } = await newestDigest(app);
    if (total > 0) return true;
    terminal.err(`No papers could be had. ${note ?? ''}\nThe built-in sample is shown instead.\n`);
    return false;
  });
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
