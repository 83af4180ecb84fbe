import { Status, type Client } from 'discord.js';
import { disconnect } from './connection.ts';
import { toLogFields } from './errors.ts';
import type { Wire } from './wire.ts';

/**
 * A shard that was neither answered nor connected for so long is dead, whatever it says itself:
 * two heartbeats of 41.25 s and a little more. discord.js resumes most zombies sooner.
 */
const SILENT_MS = 100_000;

const WATCH_MS = 15_000;

export interface Watchdog {
  stop(): void;
}

/** Connects anew with `open` when a shard of the present connection is dead. */
export function startWatchdog(
  wire: Wire,
  open: () => Promise<unknown>,
  everyMs = WATCH_MS,
): Watchdog {
  const heard = new Map<number, number>();
  const replace = async () => {
    wire.log.error({}, 'Discord is silent; connecting anew');
    heard.clear();
    await disconnect(wire.client);
    await open();
  };
  let busy = false;
  const look = () => {
    if (busy || !hasDeadShard(wire.client, heard, wire.clock().getTime())) return;
    busy = true;
    replace()
      .catch((error: unknown) => {
        wire.log.error(toLogFields(error), 'Discord could not be reached anew; trying again');
      })
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** `heard` holds when each shard was last known to live. */
function hasDeadShard({ ws }: Client, heard: Map<number, number>, now: number): boolean {
  return [...ws.shards.values()].some(({ id, status, lastPingTimestamp }) => {
    const lived = status === Status.Ready && now - lastPingTimestamp < SILENT_MS;
    if (lived || !heard.has(id)) heard.set(id, now);
    return now - (heard.get(id) ?? now) > SILENT_MS;
  });
}
