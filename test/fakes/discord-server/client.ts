import {
  Client,
  DiscordAPIError,
  GatewayIntentBits,
  Partials,
  REST,
  type ClientOptions,
  type RESTOptions,
} from 'discord.js';
import type { DiscordServer } from './index.ts';

/** A real discord.js client for the server, not yet logged in. */
export function createClient(server: DiscordServer, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    partials: [Partials.Message, Partials.Reaction, Partials.User],
    ...options,
    rest: { api: server.url, ...options.rest },
    // discord.js waits five seconds and more between two IDENTIFYs; tests have no time for that.
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

/** discord.js's REST client alone. */
export function createRest(server: DiscordServer, options: Partial<RESTOptions> = {}): REST {
  return new REST({ api: server.url, ...options }).setToken(server.token);
}

/** What Discord refused with: its code, and the faults of fields as `embeds.0.title CODE`. */
export async function refusalOf(
  request: Promise<unknown>,
): Promise<{ code: number | string; status: number; fields: string[] }> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const { code, status, rawError } = error;
    return { code, status, fields: 'errors' in rawError ? fieldsOf(rawError.errors) : [] };
  }
  throw new Error('It was not refused.');
}

function fieldsOf(node: unknown, path: readonly string[] = []): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as readonly { code: string }[]).map(({ code }) => `${path.join('.')} ${code}`)
      : fieldsOf(value, [...path, key]),
  );
}
