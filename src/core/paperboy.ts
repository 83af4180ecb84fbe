import type { Archive } from './archive/index.ts';
import type { CommandServices } from './commands/command.ts';
import { composeDigest, noticeRestore, type DigestContent } from './digest/index.ts';
import { openDoors } from './paperboy/doors.ts';
import { createParts, type PaperboyOptions } from './paperboy/parts.ts';
import { runTick } from './paperboy/tick.ts';
import type { ChannelRef, MessageRef } from './platform.ts';
import type { MeaningState, Overview } from './status.ts';
import { overviewOf } from './services/overview.ts';
import { startTick, type Tick } from './schedule/index.ts';
import { releaseClaims } from './store/claims.ts';
import { recordMessagePapers } from './store/message-papers.ts';
import type { Tastes } from './tastes/index.ts';

export type { PaperboyOptions } from './paperboy/parts.ts';

/** The core, put together: what a composition root starts and stops. */
export interface Paperboy {
  readonly archive: Archive;
  readonly services: CommandServices;
  /** For digests that no channel gets. */
  readonly tastes: Tastes;
  /** How all channels do, for whoever runs it with these platforms configured, by id. */
  overview(configured: readonly string[]): Promise<Overview>;
  /** What search by meaning goes by, after its endpoint, if any, was asked for a vector. */
  examineMeaning(): Promise<MeaningState>;
  /** Starts every platform, and the tick with the first of them. One that fails stops all. */
  start(): Promise<void>;
  /** Posts a digest at once, outside any schedule; the same one again changes nothing. */
  show(channel: ChannelRef, content: DigestContent): Promise<void>;
  /** Stops the tick, then deliveries (within 10 s), then the platforms. The store stays open. */
  stop(): Promise<void>;
}

/** Puts the core together. Nothing runs until `start`. */
export function createPaperboy(options: PaperboyOptions): Paperboy {
  const { store, log } = options;
  const parts = createParts(options);
  const { archive, services, tastes, vectors, lineUp, deliverer, deliver, background } = parts;
  let running: Tick | undefined;
  const stopping = new AbortController();
  const tick = () => runTick(options, parts, stopping.signal);
  const stop = async () => {
    stopping.abort();
    // Nothing that readers asked for is left behind, and a stop waits for none of their turns.
    parts.turns.open();
    await running?.stop();
    await vectors.stop();
    await Promise.all([deliverer.stop(), background.stop()]);
    await lineUp.stop();
  };
  return {
    archive,
    services,
    tastes,
    overview: (configured) => overviewOf({ ...options, archive, vectors, configured }),
    examineMeaning: () => vectors.examine(),
    async start() {
      await noticeRestore(options);
      await releaseClaims(store);
      const doors = await openDoors(options, parts);
      if (stopping.signal.aborted) return;
      try {
        await lineUp.start(doors, () => (running = startTick(tick, log)));
        // The first tick has passed over those that came up after it.
        deliver();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    show: (channel, content) => show(options, channel, content),
    stop,
  };
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
