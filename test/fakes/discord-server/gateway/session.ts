import type { WebSocket } from 'ws';
import { isWanted, readable, type Dispatch } from './intents.ts';

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  /** Undefined while nobody is connected; events are then kept for a RESUME. */
  socket: WebSocket | undefined;
  /** A zombie: the socket is open, and nothing comes through it. */
  silent: boolean;
  sequence: number;
  /** The newest events, as the frames that were sent. */
  sent: { readonly s: number; readonly frame: string }[];
}

/** How many events a session keeps for a RESUME; Discord gives no figure. */
const KEPT = 5_000;

export function createSession(
  id: string,
  socket: WebSocket,
  intents: number,
  shard: Session['shard'],
): Session {
  return { id, intents, shard, socket, silent: false, sequence: 0, sent: [] };
}

/** Sends or keeps an event, where the session's intents and shard want it. */
export function deliver(session: Session, event: Dispatch, botId: string): void {
  const [shard, count] = session.shard;
  const home = event.guildId === undefined ? 0 : shardOf(event.guildId, count);
  if (home !== shard) return;
  if (!isWanted(session.intents, event)) return;
  send(session, event.t, readable(session.intents, event, botId));
}

/** Sends or keeps an event of the session itself. */
export function send(session: Session, t: string, d: unknown): void {
  const s = ++session.sequence;
  const frame = JSON.stringify({ op: 0, s, t, d });
  session.sent.push({ s, frame });
  if (session.sent.length > 2 * KEPT) session.sent = session.sent.slice(-KEPT);
  if (!session.silent) session.socket?.send(frame);
}

/** Sends again what came after a sequence number. */
export function replay(session: Session, after: number): void {
  for (const { s, frame } of session.sent) if (s > after) session.socket?.send(frame);
}

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
