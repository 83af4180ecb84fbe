import type { Client } from 'discord.js';
import { DeliveryError, type ChatPlatform } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import { problemsIn } from './problems.ts';
import { openSession, type Session } from './session.ts';
import { PLATFORM, type DiscordSettings } from './settings.ts';
import { tell } from './tell.ts';

/** Discord, through its gateway and its REST interface. Nothing connects before `start`. */
export function createDiscord(settings: DiscordSettings): ChatPlatform {
  let running: Session | undefined;
  const stopping = new AbortController();
  const now = () => {
    if (running === undefined) throw new DeliveryError('unavailable', 'Discord is not connected.');
    return running;
  };
  return {
    id: PLATFORM,
    name: 'Discord',
    describe: () => describe(running?.wire.client),
    start: (inbox, commands) =>
      translated(async () => {
        const { signal } = stopping;
        running = await openSession(settings, inbox, commands, signal).catch((error: unknown) => {
          throw signal.aborted ? new DeliveryError('unavailable', STOPPED) : error;
        });
      }),
    post: (channel, message, options) =>
      translated(async () => now().post(channel, message, options)),
    update: (...args) => translated(async () => now().update(...args)),
    tell: (reader, about, message, key) =>
      translated(async () => tell(now(), reader, about, message, key)),
    problems: (channel, inThreads) =>
      translated(async () => problemsIn(now().wire, channel, inThreads)),
    async stop() {
      stopping.abort();
      const closing = running;
      running = undefined;
      await closing?.close();
    },
  };
}

const STOPPED = 'Discord was stopped while it started.';

function describe(client: Client | undefined): string {
  if (!client?.isReady()) return 'Discord';
  const { size } = client.guilds.cache;
  return `Discord as ${client.user.username}, in ${size} ${size === 1 ? 'server' : 'servers'}`;
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toDeliveryError(error);
  }
}
