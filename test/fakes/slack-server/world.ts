import type { ServerClock } from './clock.ts';
import type { Json } from './json.ts';

export interface SlackUser {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
}

export interface SlackChannel {
  readonly id: string;
  /** Where it was made; a shared channel is seen by the others of `teams` too. */
  readonly team: string;
  readonly teams: Set<string>;
  readonly name: string;
  readonly creator: string;
  readonly members: Set<string>;
  readonly isIm: boolean;
  /** Seen only by who is in it. */
  readonly isPrivate: boolean;
  isArchived: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly team: string;
  readonly threadTs?: string;
  readonly user: string;
  text: string;
  blocks: readonly Json[];
  readonly metadata?: unknown;
  /** The whole call that made it, or changed it last. */
  args: Json;
  /** Accepted, and never displayed: it came in a burst. */
  readonly hidden: boolean;
  edited: number;
  /** The one person who sees it. */
  readonly onlyFor?: string;
  /** Cards by URL, as `chat.unfurl` attached them. */
  unfurls: Json;
  /** Emoji name with skin tone -> who. */
  readonly reactions: Map<string, Set<string>>;
}

export interface SlackView {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly type: string;
  view: Json;
  hash: string;
  isOpen: boolean;
}

/** The app in one workspace. */
export interface Install {
  readonly team: string;
  readonly botUser: string;
  readonly botId: string;
  readonly scopes: string;
  /** Tokens that work, with the time at which each ends. */
  readonly tokens: Map<string, number>;
  refreshToken?: string;
}

/** All that Slack knows. */
export interface World {
  readonly clock: ServerClock;
  /** How long a rotated token works, in milliseconds. */
  readonly tokenLifeMs: number;
  /** The app is distributed outside the Marketplace: it reads channels slowly. */
  readonly isNarrow: boolean;
  readonly teams: Map<string, string>;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly messages: SlackMessage[];
  readonly views: SlackView[];
  readonly installs: Map<string, Install>;
  /** Trigger id -> until when it opens a view; once. */
  readonly triggers: Map<string, { readonly user: string; readonly team: string; until: number }>;
  /** OAuth codes that were not exchanged yet -> workspace and granted scopes. */
  readonly codes: Map<string, { readonly team: string; readonly scopes: string }>;
  /** Tokens that worked once -> what Slack says to them now. */
  readonly dead: Map<string, string>;
  /** Addresses of pictures that Slack can't fetch. */
  readonly brokenImages: Set<string>;
  count: number;
}

export const APP = {
  id: 'A0PAPERBOY',
  clientId: '111.222',
  clientSecret: 'client-secret-of-the-test',
  signingSecret: 'signing-secret-of-the-test',
  appToken: 'xapp-1-A0PAPERBOY-1-test',
} as const;

/** https://docs.slack.dev/authentication/using-token-rotation */
const TOKEN_LIFE_MS = 12 * 3_600_000;

export function createWorld(
  clock: ServerClock,
  { tokenLifeMs = TOKEN_LIFE_MS, isNarrow = false }: Partial<World> = {},
): World {
  return {
    clock,
    tokenLifeMs,
    isNarrow,
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    messages: [],
    views: [],
    installs: new Map(),
    triggers: new Map(),
    codes: new Map(),
    dead: new Map(),
    brokenImages: new Set(),
    count: 0,
  };
}

/** The next id that begins so: `Ev`, `V`, `D`. */
export function nextId(world: World, prefix: string): string {
  world.count += 1;
  return `${prefix}${String(world.count).padStart(8, '0')}`;
}

/** A message's time, which is its name within the channel. */
export function nextTs(world: World): string {
  world.count += 1;
  const seconds = Math.floor(world.clock.now() / 1000);
  return `${seconds}.${String(world.count).padStart(6, '0')}`;
}

export function installOf(world: World, token: string): Install | undefined {
  return [...world.installs.values()].find(({ tokens }) => tokens.has(token));
}

/** The direct-message channel of the app and a person, made when first asked for. */
export function imOf(world: World, install: Install, user: string): SlackChannel {
  const found = [...world.channels.values()].find(
    ({ isIm, team, members }) => isIm && team === install.team && members.has(user),
  );
  if (found !== undefined) return found;
  const channel: SlackChannel = {
    id: nextId(world, 'D'),
    team: install.team,
    teams: new Set([install.team]),
    name: 'directmessage',
    creator: user,
    members: new Set([user, install.botUser]),
    isIm: true,
    isPrivate: false,
    isArchived: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
