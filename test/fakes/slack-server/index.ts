import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServerClock, type ServerClock } from './clock.ts';
import type { Delivery, Parcel, Receipt } from './delivery.ts';
import { toEvent } from './events.ts';
import { createFaults, type SlackFault } from './faults.ts';
import { createHttpDelivery, type HttpDelivery } from './http-delivery.ts';
import { install, uninstall } from './installs.ts';
import type { Json } from './json.ts';
import { createLimits } from './limits.ts';
import { createReaders, type Readers } from './readers.ts';
import { createResponseUrls } from './response-urls.ts';
import { readMessage, type Screen } from './screen.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createWebApi, type WebApi } from './web-api.ts';
import {
  createWorld,
  nextId,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type World,
} from './world.ts';

export { APP } from './world.ts';
export type { SlackFault } from './faults.ts';
export type { Receipt } from './delivery.ts';

/** The scopes that config/slack-manifest.yaml asks for, and `channels:history` for reading back. */
const SCOPES =
  'commands,chat:write,reactions:read,reactions:write,im:write,channels:read,channels:join,channels:history,users:read,links:read,links:write';

export interface SlackServerOptions {
  /** How long one of Slack's seconds lasts for its limits, in milliseconds. */
  readonly secondMs?: number;
  /** How long Slack waits for an acknowledgement, in milliseconds; three of its seconds unless told. */
  readonly patienceMs?: number;
  /** Tokens end after 12 hours and are refreshed. */
  readonly rotates?: boolean;
  /** How long such a token works, in milliseconds, where it isn't Slack's 12 hours. */
  readonly tokenLifeMs?: number;
  /** The app is distributed outside the Marketplace: it reads channels slowly. */
  readonly isNarrow?: boolean;
  readonly port?: number;
}

/** A message as a test sees it. */
export interface SeenMessage extends Screen {
  readonly ts: string;
  readonly thread?: string;
  readonly message: SlackMessage;
}

/** A Slack that speaks the real protocols on 127.0.0.1. */
export interface SlackServer {
  /** What `slackApiUrl` is set to: `http://127.0.0.1:1234/api/`. */
  readonly apiUrl: string;
  /** Where people say yes to an install. */
  readonly authorizeUrl: string;
  readonly world: World;
  readonly clock: ServerClock;
  readonly api: WebApi;
  readonly socket: SocketMode;
  readonly readers: Readers;
  readonly http: HttpDelivery;
  /** Adds a workspace; with `installed` the app is in it, and the token is its bot's. */
  addTeam(id: string, options?: { readonly installed?: boolean; readonly scopes?: string }): string;
  addUser(
    id: string,
    team: string,
    options?: Partial<Pick<SlackUser, 'tz' | 'isAdmin' | 'name'>>,
  ): void;
  /** Adds a channel; the bot is in it unless told otherwise. */
  addChannel(id: string, team: string, options?: ChannelOptions): void;
  /** Sends events, commands and presses to this address, signed, in place of Socket Mode. */
  useHttp(url: string): void;
  send(parcel: Parcel): Promise<Receipt>;
  /** Sends an event of the app in a workspace. */
  event(team: string, event: Json, again?: string): Promise<Receipt>;
  /** Takes the app out of a workspace, and says so in both ways that Slack has. */
  uninstall(team: string): Promise<Receipt[]>;
  /** Someone says yes on the install page; returns where the browser is sent. */
  allow(authorizeUrl: string, team: string): string;
  fail(method: string, fault: SlackFault, times?: number): void;
  /** Takes back the faults that were not met yet. */
  heal(): void;
  /** How many calls have met a fault. */
  met(): number;
  /** What stands in a channel and its threads for everyone, oldest first. */
  messages(channel: string): readonly SeenMessage[];
  /** What one person alone is shown, in every channel. */
  ephemerals(user: string): readonly SeenMessage[];
  /** Messages that Slack took and never displayed. */
  hidden(): readonly SlackMessage[];
  /** The person's newest open modal, or App Home. */
  view(
    user: string,
    type: 'modal' | 'home',
  ): (Screen & { readonly id: string; readonly view: Json }) | undefined;
  /** The Web API can't be connected to, until it is up again; open sockets stay. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface ChannelOptions {
  readonly name?: string;
  readonly creator?: string;
  readonly members?: readonly string[];
  readonly withBot?: boolean;
  readonly isPrivate?: boolean;
  /** Other workspaces that share it. */
  readonly sharedWith?: readonly string[];
}

export async function startSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const { secondMs = 1000, rotates = false } = options;
  const timing = { secondMs, patienceMs: options.patienceMs ?? 3 * secondMs };
  const clock = createServerClock();
  const world = createWorld(clock, options);
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const sockets = createServer();
  const host = await listen(server, options.port);
  const socketHost = await listen(sockets);
  const limits = createLimits(clock, secondMs, options.isNarrow);
  const faults = createFaults();
  const socket = createSocketMode(world, sockets, () => socketHost, timing);
  const urls = createResponseUrls(world, () => host, limits, faults);
  const api = createWebApi({
    world,
    faults,
    limits,
    rotates,
    openConnection: () => socket.address(),
  });
  let endpoint: string | undefined;
  const http = createHttpDelivery(clock, () => endpoint ?? '', timing.patienceMs);
  const way = (): Delivery => (endpoint === undefined ? socket : http);
  const send = (parcel: Parcel) => way().deliver(parcel);
  const readers = createReaders({
    world,
    urls,
    domains: ['arxiv.org', 'huggingface.co', 'hf.co'],
    send,
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, name = '', rest = ''] = new URL(request.url ?? '/', 'http://x').pathname.split(
      '/',
    );
    if (kind === 'api') await api.answer(name, request, response);
    else if (kind === 'actions') await urls.answer(rest, request, response);
    else response.writeHead(404).end();
  }

  return {
    apiUrl: `http://${host}/api/`,
    authorizeUrl: `http://${host}/oauth/v2/authorize`,
    world,
    clock,
    api,
    socket,
    readers,
    http,
    ...peopling(world, rotates),
    useHttp(url) {
      endpoint = url;
    },
    send,
    event: (team, event, again) => {
      const place = world.installs.get(team);
      if (place === undefined) throw new Error(`The app is not in ${team}`);
      return send(
        toEvent(world, event, { install: place, ...(again !== undefined && { id: again }) }),
      );
    },
    uninstall: (team) => leave(world, team, send),
    fail(method, fault, times = 1) {
      faults.add(method, fault, times);
    },
    heal: () => {
      faults.heal();
    },
    met: () => faults.met(),
    ...looking(world),
    down: () => shut(server),
    up: async () => {
      await listen(server, Number(new URL(`http://${host}`).port));
    },
    close: async () => {
      clock.close();
      await socket.close();
      await Promise.all([shut(sockets), shut(server)]);
    },
  };
}

async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function peopling(
  world: World,
  rotates: boolean,
): Pick<SlackServer, 'addTeam' | 'addUser' | 'addChannel' | 'allow'> {
  return {
    addTeam(id, { installed = true, scopes = SCOPES } = {}) {
      world.teams.set(id, `Team ${id}`);
      if (!installed) return '';
      return [...install(world, id, scopes, rotates).tokens.keys()][0] ?? '';
    },
    addUser(id, team, { tz = 'Europe/Berlin', isAdmin = false, name = id.toLowerCase() } = {}) {
      world.users.set(id, { id, team, name, tz, isAdmin, isBot: false });
    },
    addChannel(
      id,
      team,
      {
        name = id.toLowerCase(),
        creator = '',
        members = [],
        withBot = true,
        sharedWith = [],
        isPrivate = false,
      } = {},
    ) {
      const teams = new Set([team, ...sharedWith]);
      const bots = withBot
        ? [...teams].flatMap((each) => world.installs.get(each)?.botUser ?? [])
        : [];
      const all = [...world.users.values()]
        .filter((user) => teams.has(user.team))
        .map((user) => user.id);
      const channel: SlackChannel = {
        id,
        team,
        teams,
        name,
        creator,
        members: new Set([
          ...(members.length > 0 ? members : all.filter((user) => !user.startsWith('UBOT'))),
          ...bots,
        ]),
        isIm: false,
        isPrivate,
        isArchived: false,
      };
      world.channels.set(id, channel);
    },
    allow(authorizeUrl, team) {
      const url = new URL(authorizeUrl);
      const code = nextId(world, 'code-');
      world.codes.set(code, { team, scopes: url.searchParams.get('scope') ?? '' });
      const back = new URL(url.searchParams.get('redirect_uri') ?? 'http://redirect.invalid/');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return back.href;
    },
  };
}

async function leave(world: World, team: string, send: SlackServer['send']): Promise<Receipt[]> {
  const old = world.installs.get(team);
  if (old === undefined) return [];
  uninstall(world, team, 'account_inactive');
  const tokens = { oauth: [], bot: [old.botUser] };
  return Promise.all([
    send(toEvent(world, { type: 'tokens_revoked', tokens }, { install: old })),
    send(toEvent(world, { type: 'app_uninstalled' }, { install: old })),
  ]);
}

function looking(world: World): Pick<SlackServer, 'messages' | 'ephemerals' | 'hidden' | 'view'> {
  const see = (message: SlackMessage): SeenMessage => ({
    ts: message.ts,
    ...(message.threadTs !== undefined && { thread: message.threadTs }),
    ...readMessage(message.text, message.blocks, message.args['parse']),
    message,
  });
  return {
    messages: (channel) =>
      world.messages
        .filter((each) => each.channel === channel && each.onlyFor === undefined && !each.hidden)
        .map(see),
    ephemerals: (user) => world.messages.filter(({ onlyFor }) => onlyFor === user).map(see),
    hidden: () => world.messages.filter(({ hidden }) => hidden),
    view: (user, type) => {
      const found = world.views.findLast(
        (each) => each.user === user && each.type === type && each.isOpen,
      );
      if (found === undefined) return undefined;
      const blocks = Array.isArray(found.view['blocks']) ? (found.view['blocks'] as Json[]) : [];
      return { id: found.id, view: found.view, ...readMessage('', blocks) };
    },
  };
}
