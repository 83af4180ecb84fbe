import { silentLog, type ChannelRef } from '../core/index.ts';
import { checkBudget, connect, disconnect, type Handlers } from './connection.ts';
import { createHealth } from './health.ts';
import { problemsIn } from './problems.ts';
import type { Ask } from './rest.ts';
import type { DiscordSettings } from './settings.ts';

function ignore(): void {
  // A visitor only looks.
}

const LOOK: Handlers = {
  reaction: ignore,
  cleared: ignore,
  interaction: ignore,
  fresh: ignore,
  joined: ignore,
  left: ignore,
  channelGone: ignore,
};

/** Connects, counts the servers, looks for what keeps digests from the channels, and leaves. */
export async function visit(
  settings: DiscordSettings,
  ask: Ask,
  channels: readonly ChannelRef[],
): Promise<{ servers: number; problems: (readonly string[])[] }> {
  const shards = await checkBudget(ask);
  const health = createHealth(settings.clock, silentLog);
  const signal = new AbortController().signal;
  const quiet = { ...settings, log: silentLog };
  const client = await connect(quiet, health, LOOK, { shards, signal });
  try {
    const problems: (readonly string[])[] = [];
    for (const channel of channels) problems.push(await problemsIn({ client, ask }, channel));
    return { servers: client.guilds.cache.size, problems };
  } finally {
    await disconnect(client);
  }
}
