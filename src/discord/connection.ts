import { setTimeout as delay } from 'node:timers/promises';
import { Events, GatewayDispatchEvents, Routes, type Client } from 'discord.js';
import { DeliveryError } from '../core/index.ts';
import { createClient } from './client.ts';
import { toLogFields, TOKEN_REFUSED } from './errors.ts';
import type { Health } from './health.ts';
import type { Interaction } from './interaction.ts';
import type { ClearedEvent, ReactionEvent } from './reactions.ts';
import type { Ask } from './rest.ts';
import type { DiscordSettings } from './settings.ts';

/** What the gateway tells us. No handler may reject. */
export interface Handlers {
  reaction(event: ReactionEvent, added: boolean, us: string): void;
  /** Every reaction on a message was taken away, or every one of an emoji. */
  cleared(message: ClearedEvent): void;
  interaction(interaction: Interaction): void;
  /** A shard is connected anew: what happened since its last session was not told. */
  fresh(client: Client, shard: number): void;
  joined(guild: string): void;
  left(guild: string): void;
  channelGone(channel: string, guild: string | undefined): void;
}

/** IDENTIFYs that must be left for the day; with none left Discord resets the token. */
const RESERVE = 50;

interface GatewayInfo {
  readonly shards: number;
  readonly session_start_limit: { readonly remaining: number; readonly reset_after: number };
}

/**
 * Makes sure that Discord lets us connect once more; gives the number of shards that it recommends.
 * Rejects with `DeliveryError`, or as `Ask`.
 */
export async function checkBudget(ask: Ask): Promise<number> {
  const { session_start_limit: limit, shards } = await ask<GatewayInfo>({
    method: 'GET',
    path: Routes.gatewayBot(),
  });
  if (limit.remaining - shards >= RESERVE) return shards;
  const minutes = Math.ceil(limit.reset_after / 60_000);
  throw new DeliveryError(
    'unavailable',
    `Discord allows only ${limit.remaining} more connections today, and resets the token after the last. ` +
      `Something restarts Paperboy too often: find out what, and start it again in ${minutes} minutes.`,
    { retryAfterMs: limit.reset_after },
  );
}

/**
 * How long connecting may take: Discord lets a bot start a shard every 5 s, and a session that it
 * keeps refusing is asked for again and again by discord.js, at the cost of the day's budget.
 */
const PATIENCE_MS = 60_000;
const PATIENCE_PER_SHARD_MS = 15_000;

/**
 * Connects. Resolves when the servers are known; rejects when Discord refuses us, when it takes too
 * long for so many shards, and once the signal is aborted.
 */
export async function connect(
  settings: DiscordSettings,
  health: Health,
  handlers: Handlers,
  { shards, signal }: { readonly shards: number; readonly signal: AbortSignal },
): Promise<Client<true>> {
  signal.throwIfAborted();
  const client = createClient(settings, health);
  listen(client, settings, health, handlers);
  const late = AbortSignal.timeout(PATIENCE_MS + shards * PATIENCE_PER_SHARD_MS);
  const enough = AbortSignal.any([signal, late]);
  // A signal that somebody listens to is kept for ever, and with it all that the listener knows.
  const listening = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(new DeliveryError('unavailable', NO_SESSION));
      };
      enough.addEventListener('abort', giveUp, { signal: listening.signal });
      client.once(Events.ClientReady, resolve);
      client.once(Events.ShardDisconnect, ({ code }) => {
        reject(new DeliveryError('unavailable', refusal(code)));
      });
      client.login(settings.token).catch(reject);
    });
  } catch (error) {
    await disconnect(client);
    throw error;
  } finally {
    listening.abort();
  }
}

/** A connection closes in milliseconds. */
const CLOSING_MS = 2_000;

/**
 * Closes a connection, but waits for no longer than that: discord.js's own wait for a shard that it
 * was just replacing never ends.
 */
export async function disconnect(client: Client): Promise<void> {
  await Promise.race([client.destroy(), delay(CLOSING_MS, undefined, { ref: false })]);
}

const NO_SESSION = 'Discord took the token, but gave no session in time.';

const AUTHENTICATION_FAILED = 4004;

function refusal(code: number): string {
  if (code === AUTHENTICATION_FAILED) return TOKEN_REFUSED;
  return `Discord closed the connection for good (${code}).`;
}

function listen(
  client: Client,
  { log }: DiscordSettings,
  health: Health,
  handlers: Handlers,
): void {
  // Without a listener the first of them would end the process.
  client.on(Events.Error, (error) => {
    log.error(toLogFields(error), 'discord.js met an error');
  });
  client.on(Events.ShardError, (error, shard) => {
    log.warn({ shard, ...toLogFields(error) }, 'the connection to Discord met an error');
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, `page the operator: ${refusal(code)}`);
    if (code === AUTHENTICATION_FAILED) health.refuseToken();
  });
  client.on(Events.ShardReconnecting, (shard) => {
    log.info({ shard }, 'the connection to Discord was lost; connecting anew');
  });
  client.on(Events.ShardReady, (shard) => {
    handlers.fresh(client, shard);
  });
  client.on(Events.GuildCreate, ({ id }) => {
    handlers.joined(id);
  });
  // An outage is told as another event, and is no removal.
  client.on(Events.GuildDelete, ({ id }) => {
    handlers.left(id);
  });
  listenToWire(client, handlers);
}

/** As they come from the gateway: nothing of them is kept, and no partial object is made. */
function listenToWire(client: Client, handlers: Handlers): void {
  const { ws } = client;
  // Known from the first shard's READY on, long before the client is ready as a whole.
  const us = () => client.user?.id ?? '';
  ws.on(GatewayDispatchEvents.MessageReactionAdd, (event: ReactionEvent) => {
    handlers.reaction(event, true, us());
  });
  ws.on(GatewayDispatchEvents.MessageReactionRemove, (event: ReactionEvent) => {
    handlers.reaction(event, false, us());
  });
  const { MessageReactionRemoveAll, MessageReactionRemoveEmoji } = GatewayDispatchEvents;
  for (const event of [MessageReactionRemoveAll, MessageReactionRemoveEmoji]) {
    ws.on(event, (message: ClearedEvent) => {
      handlers.cleared(message);
    });
  }
  ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: Interaction) => {
    handlers.interaction(interaction);
  });
  for (const event of [GatewayDispatchEvents.ChannelDelete, GatewayDispatchEvents.ThreadDelete]) {
    ws.on(event, ({ id, guild_id }: { readonly id: string; readonly guild_id?: string }) => {
      handlers.channelGone(id, guild_id);
    });
  }
}
