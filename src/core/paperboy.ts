import { createArchive, type Archive } from './archive/index.ts';
import { createBookmarks } from './bookmarks/index.ts';
import type { Clock } from './clock.ts';
import type { CommandServices } from './commands/command.ts';
import {
  composeDigest,
  createDeliverer,
  type DigestContent,
  type DigestSettings,
} from './digest/index.ts';
import type { Log } from './log.ts';
import { createInbox } from './inbox.ts';
import { createLineUp } from './line-up.ts';
import type { ChannelRef, ChatPlatform, MessageRef } from './platform.ts';
import { planDue, startTick, type Tick } from './schedule/index.ts';
import { createSearch, type Search } from './search/index.ts';
import { createServices } from './services.ts';
import type { PaperSource } from './sources/source.ts';
import { forgetArrivals } from './store/arrivals.ts';
import { releaseClaims } from './store/claims.ts';
import { purgeDeparted } from './store/departures.ts';
import { postedPapers } from './store/digest-history.ts';
import { recordMessagePapers } from './store/message-papers.ts';
import type { Store } from './store/open.ts';
import { savePapers } from './store/papers.ts';
import { createTastes, type Tastes } from './tastes/index.ts';
import { createVectors, type Vectors } from './vectors/index.ts';

/** How long a tick waits for fresh lists before it plans with what is there, in milliseconds. */
const REFRESH_PATIENCE_MS = 20_000;

/** How long the settings of a place outlive the bot's removal from it: 30 days. */
const KEPT_MS = 30 * 86_400_000;

/** How long the ids of what services sent are kept: far longer than any service repeats itself. */
const ARRIVALS_KEPT_MS = 7 * 86_400_000;

export interface PaperboyOptions {
  readonly store: Store;
  readonly sources: readonly PaperSource[];
  readonly platforms: readonly ChatPlatform[];
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** The core, put together: what a composition root starts and stops. */
export interface Paperboy {
  readonly archive: Archive;
  readonly services: CommandServices;
  /** Starts every platform, and the tick with the first of them. One that fails stops all. */
  start(): Promise<void>;
  /** Posts a digest at once, outside any schedule; the same one again changes nothing. */
  show(channel: ChannelRef, content: DigestContent): Promise<void>;
  /** Stops the tick, then deliveries (within 10 s), then the platforms. The store stays open. */
  stop(): Promise<void>;
}

/** Puts the core together. Nothing runs until `start`. */
export function createPaperboy(options: PaperboyOptions): Paperboy {
  const { store, platforms, clock, log } = options;
  const archive = createArchive(options);
  const bookmarks = createBookmarks(store, clock);
  const vectors = createVectors({ store, clock, log });
  const tastes = createTastes(store, vectors);
  const search = searchIn(options, vectors);
  const services = createServices({ ...options, archive, bookmarks, search, tastes, vectors });
  const inbox = createInbox({ store, services, bookmarks, clock, log });
  const lineUp = createLineUp(platforms);
  const deliverer = createDeliverer({ ...options, isUp: lineUp.isUp });
  let running: Tick | undefined;
  const stopping = new AbortController();
  const deliver = () => logged(deliverer.deliver(), log, 'digests could not be delivered');
  const parts = { archive, tastes, vectors, deliver, stopping: stopping.signal };
  const tick = () => runTick(options, parts);
  const stop = async () => {
    stopping.abort();
    await running?.stop();
    await vectors.stop();
    await deliverer.stop();
    await lineUp.stop();
  };
  return {
    archive,
    services,
    async start() {
      await releaseClaims(store);
      try {
        await lineUp.start(inbox, () => (running = startTick(tick, log)));
        // The first tick has passed over those that came up after it.
        void deliver();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    show: (channel, content) => show(options, channel, content),
    stop,
  };
}

function searchIn({ store, sources, clock, log }: PaperboyOptions, vectors: Vectors): Search {
  return createSearch({
    store,
    vectors,
    sources,
    clock,
    log,
    keep: (papers) => savePapers(store, papers, clock().toISOString()),
    postedOn: (channel, ids) => postedPapers(store, channel, ids),
  });
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

interface TickParts {
  readonly archive: Archive;
  readonly tastes: Tastes;
  readonly vectors: Vectors;
  readonly deliver: () => Promise<void>;
  /** Calls off the refresh of a tick under way. */
  readonly stopping: AbortSignal;
}

async function runTick(options: PaperboyOptions, parts: TickParts): Promise<void> {
  const { archive, tastes, vectors, deliver, stopping } = parts;
  const patience = AbortSignal.any([AbortSignal.timeout(REFRESH_PATIENCE_MS), stopping]);
  const refreshed = archive.refresh(patience);
  await logged(refreshed, options.log, 'the archive could not be refreshed');
  if (stopping.aborted) return;
  const ago = (ms: number) => new Date(options.clock().getTime() - ms).toISOString();
  await purgeDeparted(options.store, ago(KEPT_MS));
  await forgetArrivals(options.store, ago(ARRIVALS_KEPT_MS));
  await planDue({ ...options, archive, tastes });
  // Neither is waited for: learning takes a minute, and the next minute's slots are planned while a
  // slow channel is served.
  void logged(vectors.tend(), options.log, 'vectors could not be learnt');
  void deliver();
}

async function logged(work: Promise<void>, log: Log, failure: string): Promise<void> {
  await work.catch((error: unknown) => {
    log.error({ err: error }, failure);
  });
}
