import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, ChatPlatform } from '../platform.ts';
import { channelsToServe } from '../store/deliveries.ts';
import type { MarkFile } from '../store/mark-file.ts';
import type { Store } from '../store/open.ts';
import { pause, within } from '../wait.ts';
import { deliverChannel, type ChannelOptions } from './deliver-channel.ts';

export interface DelivererOptions {
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  /** One that is still starting is left to a later call; by default all are up. */
  readonly isUp?: (platform: ChatPlatform) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Where each claim is remembered outside of the database. */
  readonly beside?: MarkFile;
  /** A wait up to this long is sat out at once; a longer one is left to the next call. */
  readonly patienceMs?: number;
  /** How long `stop` lets pages under way end by themselves; 7 s unless told. */
  readonly graceMs?: number;
}

/** Posts what is planned. One per database: claims keep a second one from posting the same. */
export interface Deliverer {
  /**
   * Posts every page that may go now, and resolves when none is left that may: channels side by
   * side, the pages of a channel in order. Channels that an earlier call is still serving are left
   * to it. Rejects only when the database does.
   */
  deliver(): Promise<void>;
  /**
   * Begins no further page; waits for those under way, after a while aborts them, and resolves
   * within 10 s. What has not ended then is looked for by the next start.
   */
  stop(): Promise<void>;
}

/** Waits up to the next minute tick. */
const PATIENCE_MS = 60_000;

/** What a supervisor grants before it kills, less what it takes to stop the rest. */
const GRACE_MS = 7000;

/** How long what was aborted may take to say so: a platform can't abort everything. */
const LAST_MS = 500;

/** Channels of one platform at a time: all that are due in a crowded minute, in bounded memory. */
const CHANNELS_AT_ONCE = 1000;

export function createDeliverer(options: DelivererOptions): Deliverer {
  const { store, platforms, clock, isUp = () => true, graceMs = GRACE_MS } = options;
  // A queue for each, so that a slow service holds up no other.
  const queues = new Map(
    platforms.map(({ id }) => [id, new PQueue({ concurrency: CHANNELS_AT_ONCE })]),
  );
  const busy = new Set<string>();
  const stopping = new AbortController();
  const aborting = new AbortController();
  const signals = { stopped: stopping.signal, signal: aborting.signal };
  // Each channel that waits and each page under way listens: Node takes more than ten for a leak.
  for (const signal of Object.values(signals)) setMaxListeners(0, signal);

  async function enqueue(channel: ChannelRef): Promise<void> {
    const name = JSON.stringify([channel.platform, channel.tenant, channel.channel]);
    const platform = platforms.find(({ id }) => id === channel.platform);
    if (platform === undefined || !isUp(platform) || busy.has(name)) return;
    busy.add(name);
    const work = () => serve(options, { ...options, ...signals, platform }, channel);
    await queues
      .get(platform.id)
      ?.add(work)
      .finally(() => busy.delete(name));
  }

  return {
    async deliver() {
      if (stopping.signal.aborted) return;
      const channels = await channelsToServe(store, clock().toISOString());
      await beginEach(channels, enqueue);
    },
    async stop() {
      stopping.abort();
      const idle = Promise.all([...queues.values()].map((queue) => queue.onIdle()));
      await within(graceMs, idle);
      aborting.abort();
      await within(LAST_MS, idle);
    },
  };
}

/** Begins with one after the other, without waiting for any to end. */
async function beginEach<Item>(
  items: readonly Item[],
  begin: (item: Item) => Promise<void>,
): Promise<void> {
  let turn: Promise<unknown> = Promise.resolve();
  const begun = items.map(async (item) => {
    // Lets events through: SQLite answers without ever leaving this turn of the loop.
    turn = turn.then(() => setImmediate());
    await turn;
    await begin(item);
  });
  await Promise.all(begun);
}

/** Serves a channel until nothing is left that may go soon. */
async function serve(
  { clock, patienceMs = PATIENCE_MS }: DelivererOptions,
  options: ChannelOptions,
  channel: ChannelRef,
): Promise<void> {
  while (!options.stopped.aborted) {
    const retryAt = await deliverChannel(options, channel);
    if (retryAt === undefined) return;
    const wait = Date.parse(retryAt) - clock().getTime();
    if (wait > patienceMs) return;
    await pause(wait, options.stopped);
  }
}
