import type { RawData, WebSocket } from 'ws';
import { wireGuild } from '../wire/guild.ts';
import { wireUser } from '../wire/user.ts';
import type { Guild, World } from '../world.ts';
import type { Budget, IdentifyOptions } from './budget.ts';
import { KNOWN, PRIVILEGED } from './intents.ts';
import { createSession, deliver, replay, send, shardOf, type Session } from './session.ts';

export interface GatewayOptions extends IdentifyOptions {
  /** 41,250 by default, as Discord says. */
  readonly heartbeatMs: number;
  /** The privileged intents granted to the application; none by default. */
  readonly grantedIntents: number;
  /** Sent to `GET /gateway/bot`; 1 by default. */
  readonly shards: number;
  readonly maxGuildsPerShard: number;
}

/** What the bot sent over the gateway. */
export interface GatewayFrame {
  readonly op: number;
  readonly d: unknown;
  readonly at: number;
}

/** What all connections share. */
export interface GatewayState {
  readonly world: World;
  readonly options: GatewayOptions;
  readonly budget: Budget;
  readonly sessions: Map<string, Session>;
  readonly received: GatewayFrame[];
}

/** Op 9. */
export function invalid(resumable: boolean): string {
  return JSON.stringify({ op: 9, d: resumable });
}

/**
 * Greets a connection and answers its frames. Close codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes
 */
export function accept(state: GatewayState, socket: WebSocket): void {
  const link: Link = { state, socket, times: [], session: undefined };
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: state.options.heartbeatMs } }));
  socket.on('message', (data) => {
    receive(link, data);
  });
  socket.on('close', () => {
    if (link.session?.socket === socket) link.session.socket = undefined;
  });
  socket.on('error', () => {
    socket.terminate();
  });
}

interface Link {
  readonly state: GatewayState;
  readonly socket: WebSocket;
  /** When the last frames came. */
  times: number[];
  session: Session | undefined;
}

interface Frame {
  readonly op: number;
  readonly d: unknown;
}

function receive(link: Link, data: RawData): void {
  const now = link.state.world.clock.now();
  link.times = [...link.times.filter((at) => at > now - 60_000), now];
  if (link.times.length > 120) {
    link.socket.close(4008, 'Rate limited.');
    return;
  }
  const frame = parse(data);
  if (frame === undefined) {
    link.socket.close(4002, 'Error while decoding payload.');
    return;
  }
  link.state.received.push({ ...frame, at: now });
  if (link.session?.silent) return;
  answer(link, frame);
}

function parse(data: RawData): Frame | undefined {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString() : '') as Frame;
  } catch {
    return undefined;
  }
}

function answer(link: Link, { op, d }: Frame): void {
  if (op === 1) link.socket.send('{"op":11}');
  else if (op === 2 && link.session) link.socket.close(4005, 'Already authenticated.');
  else if (op === 2) identify(link, d as Identify);
  else if (op === 6) resume(link, d as Resume);
  else if (op !== 3 && op !== 4 && op !== 8) link.socket.close(4001, 'Unknown opcode.');
  else if (!link.session) link.socket.close(4003, 'Not authenticated.');
}

interface Identify {
  readonly token: string;
  readonly intents: number;
  readonly shard?: readonly [number, number];
}

function identify(link: Link, { token, intents, shard = [0, 1] }: Identify): void {
  const { socket, state } = link;
  const refusal = refuse(state, token, intents, shard);
  if (refusal) {
    socket.close(...refusal);
    return;
  }
  if (state.budget.spend(shard[0]) === 'too-fast') {
    socket.send(invalid(false));
    return;
  }
  if (!state.world.token.valid) {
    for (const session of state.sessions.values()) session.socket?.close(4004);
    socket.close(4004, 'Authentication failed.');
    return;
  }
  const session = createSession(state.world.nextId(), socket, intents, shard);
  link.session = session;
  state.sessions.set(session.id, session);
  welcome(state, session);
}

function refuse(
  { world, options }: GatewayState,
  token: string,
  intents: number,
  [id, count]: readonly [number, number],
): [code: number, reason: string] | undefined {
  if (!isToken(world, token)) return [4004, 'Authentication failed.'];
  if (id < 0 || id >= count) return [4010, 'Invalid shard.'];
  if ((intents & ~KNOWN) !== 0) return [4013, 'Invalid intent(s).'];
  if ((intents & PRIVILEGED & ~options.grantedIntents) !== 0)
    return [4014, 'Disallowed intent(s).'];
  const guilds = guildsOf(world, id, count).length;
  return guilds > options.maxGuildsPerShard ? [4011, 'Sharding required.'] : undefined;
}

function isToken(world: World, given: string): boolean {
  return world.token.valid && given.replace(/^Bot /, '') === world.token.value;
}

function guildsOf(world: World, shard: number, count: number): Guild[] {
  return [...world.guilds.values()].filter(
    ({ id, members }) => members.has(world.bot.id) && shardOf(id, count) === shard,
  );
}

function welcome({ world, options }: GatewayState, session: Session): void {
  const guilds = guildsOf(world, ...session.shard);
  send(session, 'READY', {
    v: 10,
    user: wireUser(world.bot),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: options.resumeUrl,
    shard: session.shard,
    application: { id: world.bot.id, flags: 0 },
  });
  for (const guild of guilds) {
    if (!guild.available) continue;
    deliver(
      session,
      { t: 'GUILD_CREATE', d: wireGuild(world, guild), guildId: guild.id },
      world.bot.id,
    );
  }
}

interface Resume {
  readonly token: string;
  readonly session_id: string;
  readonly seq: number;
}

function resume(link: Link, { token, session_id: id, seq }: Resume): void {
  const { socket, state } = link;
  const session = state.sessions.get(id);
  if (!isToken(state.world, token)) socket.close(4004, 'Authentication failed.');
  else if (!session) socket.send(invalid(false));
  else if (seq > session.sequence) socket.close(4007, 'Invalid seq.');
  else if (seq + 1 < (session.sent[0]?.s ?? 1)) socket.send(invalid(false));
  else {
    if (session.socket !== socket) session.socket?.terminate();
    link.session = Object.assign(session, { socket, silent: false });
    replay(session, seq);
    send(session, 'RESUMED', {});
  }
}
