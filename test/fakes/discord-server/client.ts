import { Client, GatewayIntentBits, Partials, type ClientOptions } from 'discord.js';
import type { DiscordServer } from './index.ts';

/** A real discord.js client for the server, not yet logged in. */
export function createClient(server: DiscordServer, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    partials: [Partials.Message, Partials.Reaction, Partials.User],
    ...options,
    rest: { api: server.url, ...options.rest },
    // Discord's five seconds between two IDENTIFYs would only slow the tests down.
    ws: { buildIdentifyThrottler: () => Promise.resolve(UNTHROTTLED), ...options.ws },
  });
}

const UNTHROTTLED = { waitForIdentify: () => Promise.resolve() };

/** Logs in and resolves when all servers are there. */
export async function login(client: Client, { token }: DiscordServer): Promise<Client<true>> {
  return new Promise((resolve, reject) => {
    client.once('clientReady', resolve);
    client.login(token).catch(reject);
  });
}
