import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdmins, type Admins } from './admins.ts';
import { createBuilders, type Builders } from './build.ts';
import type { Clock } from './clock.ts';
import type { GatewayOptions } from './gateway/connection.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createFaultQueue, type FaultQueue } from './http/faults.ts';
import { createInvalidRequests } from './http/invalid-requests.ts';
import { createRateLimits, DEFAULT_RATES, type Rate, type Scope } from './http/rate-limits.ts';
import { handle, type RecordedRequest, type Rest } from './http/rest.ts';
import { createInvokers, type Invokers } from './invokers.ts';
import { createOpenApi, type Violation } from './openapi.ts';
import { createReaders, type Readers } from './readers.ts';
import { createRoutes } from './routes/index.ts';
import { createWorld, type Channel, type Json, type Message, type User } from './world.ts';
import type { Dispatch } from './gateway/intents.ts';
import type { WorldOptions } from './world.ts';

export interface DiscordServerOptions extends Partial<WorldOptions> {
  readonly token?: string;
  readonly port?: number;
  readonly gateway?: Partial<GatewayOptions>;
  /** Requests a second over all; 50 by default. */
  readonly globalPerSecond?: number;
  /** By route, as in `POST /channels/:channel/messages`; laid over DEFAULT_RATES. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** Invalid requests in ten minutes before the block; 10,000 by default. */
  readonly invalidRequestLimit?: number;
}

/** A Discord of its own: REST and gateway on one port of 127.0.0.1. */
export interface DiscordServer
  extends Builders, Readers, Admins, Invokers, Pick<FaultQueue, 'fail' | 'heal' | 'met'> {
  /** `http://127.0.0.1:12345/api`, for discord.js's `rest.api` and PAPERBOY_DISCORD_API_URL. */
  readonly url: string;
  readonly token: string;
  readonly bot: User;
  readonly clock: Clock;
  readonly gateway: Gateway;
  /** Every request in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Answers with 401, 403 and unshared 429 in the current ten minutes. */
  readonly invalidRequests: number;
  /** False where Discord's OpenAPI file is not at hand, so that `violations` says nothing. */
  readonly checksOpenApi: boolean;
  readonly violations: readonly Violation[];
  /** Faults of this server itself. */
  readonly crashes: readonly unknown[];
  /** Answers with 429 so far, of a scope or of all. */
  countOf429(scope?: Scope): number;
  /** Oldest first; ephemeral replies are not among them. */
  messagesIn(channelId: string): readonly Message[];
  /** The threads of a channel, oldest first. */
  threadsOf(channelId: string): readonly Channel[];
  /** Replies that only this user sees, oldest first. */
  ephemeralsOf(userId: string): readonly Message[];
  commandsOf(guildId?: string): readonly Json[];
  /** Sends any event to the sessions that want it. */
  dispatch(event: Dispatch): void;
  close(): Promise<void>;
}

export async function startDiscordServer(
  options: DiscordServerOptions = {},
): Promise<DiscordServer> {
  const { token = 'a-bot-token', port = 0 } = options;
  const world = createWorld(token, options);
  const server = createServer((request, response) => {
    handle(rest, request, response).catch((error: unknown) => {
      rest.crashes.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = createGateway(world, server, {
    resumeUrl: `ws://${address}`,
    ...options.gateway,
  });
  const rest: Rest = {
    world,
    routes: createRoutes(gateway, () => `ws://${address}`),
    requests: [],
    faults: createFaultQueue(),
    limits: createRateLimits(world.clock, {
      global: options.globalPerSecond ?? DEFAULT_RATES.global,
      routes: { ...DEFAULT_RATES.routes, ...options.rates },
    }),
    invalid: createInvalidRequests(world.clock, options.invalidRequestLimit ?? 10_000),
    openApi: createOpenApi(),
    crashes: [],
  };
  return {
    url: `http://${address}/api`,
    token,
    bot: world.bot,
    clock: world.clock,
    gateway,
    requests: rest.requests,
    crashes: rest.crashes,
    checksOpenApi: rest.openApi.available,
    violations: rest.openApi.violations,
    get invalidRequests() {
      return rest.invalid.count;
    },
    ...createBuilders(world),
    ...createReaders(world),
    ...createInvokers(world),
    ...createAdmins(world, gateway.close),
    fail: rest.faults.fail,
    heal: rest.faults.heal,
    met: rest.faults.met,
    countOf429: (scope) =>
      rest.requests.filter((each) => each.status === 429 && (!scope || each.scope === scope))
        .length,
    messagesIn: (channelId) => [...(world.channels.get(channelId)?.messages.values() ?? [])],
    threadsOf: (channelId) =>
      [...world.channels.values()].filter(
        ({ parentId, thread }) => thread && parentId === channelId,
      ),
    ephemeralsOf: (userId) => world.ephemerals.filter((each) => each.ephemeralFor === userId),
    commandsOf: (guildId = 'global') => world.commands.get(guildId) ?? [],
    dispatch: (event) => {
      world.emit(event);
    },
    close: async () => {
      await gateway.stop();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}
