import type { Archive } from './archive/index.ts';
import type { CommandServices } from './commands/command.ts';
import { composeDigest, noticeRestore, type DigestContent } from './digest/index.ts';
import { createParts, type PaperboyOptions } from './paperboy/parts.ts';
import { runTick } from './paperboy/tick.ts';
import type { ChannelRef, ChatPlatform, Inbox, MessageRef } from './platform.ts';
import { definitions } from './commands/index.ts';
import type { Overview } from './status.ts';
import { overviewOf } from './services/overview.ts';
import { startTick, type Tick } from './schedule/index.ts';
import { releaseClaims } from './store/claims.ts';
import { recordMessagePapers } from './store/message-papers.ts';

export type { PaperboyOptions } from './paperboy/parts.ts';

/** The core, put together: what a composition root starts and stops. */
export interface Paperboy {
  readonly archive: Archive;
  readonly services: CommandServices;
  /** How all channels do, for whoever runs it. */
  overview(): Promise<Overview>;
  /** Starts every platform, then the tick. A platform that fails to start stops the others. */
  start(): Promise<void>;
  /** Posts a digest at once, outside any schedule; the same one again changes nothing. */
  show(channel: ChannelRef, content: DigestContent): Promise<void>;
  /** Stops the tick, then deliveries (within 10 s), then the platforms. The store stays open. */
  stop(): Promise<void>;
}

/** Puts the core together. Nothing runs until `start`. */
export function createPaperboy(options: PaperboyOptions): Paperboy {
  const { store, platforms, log } = options;
  const parts = createParts(options);
  const { archive, services, inbox, vectors, deliverer, background } = parts;
  const run = () => runTick(options, parts);
  let running: Tick | undefined;
  return {
    archive,
    services,
    overview: () => overviewOf(store, archive),
    async start() {
      await noticeRestore(options);
      await releaseClaims(store);
      await startAll(platforms, inbox);
      running = startTick(run, log);
    },
    show: (channel, content) => show(options, channel, content),
    async stop() {
      await running?.stop();
      await vectors.stop();
      await Promise.all([deliverer.stop(), background.stop()]);
      await Promise.all(platforms.map((platform) => platform.stop()));
    },
  };
}

/** All or none: one that runs on behind a failed start would keep the process from ending. */
async function startAll(platforms: readonly ChatPlatform[], inbox: Inbox): Promise<void> {
  const starts = platforms.map((platform) => platform.start(inbox, definitions));
  const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return;
  await Promise.allSettled(platforms.map((platform) => platform.stop()));
  throw failed.reason;
}

async function show(
  { platforms, store, clock }: PaperboyOptions,
  channel: ChannelRef,
  content: DigestContent,
): Promise<void> {
  const platform = platforms.find(({ id }) => id === channel.platform);
  if (platform === undefined) return;
  let overview: MessageRef | undefined;
  for (const [position, { message, papers, inThread }] of composeDigest(content).entries()) {
    const key = ['shown', ...content.dates, position].join('|');
    const thread = inThread && overview && { thread: overview };
    const ref = await platform.post(channel, message, { key, ...thread });
    await recordMessagePapers(store, ref, papers, clock().toISOString());
    overview ??= ref;
  }
}
