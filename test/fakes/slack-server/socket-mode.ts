import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ServerClock } from './clock.ts';
import type { Delivery, Parcel, Receipt } from './delivery.ts';
import { objectOf, textOf, type Json } from './json.ts';
import { APP, nextId, type World } from './world.ts';

const MOST_CONNECTIONS = 10;
const MOST_RETRIES = 3;
const PING_MS = 10_000;

export interface SocketMode extends Delivery {
  /** Tickets for connections: the address that `apps.connections.open` gives. */
  address(): string;
  /** Connections that said hello and still stand. */
  readonly connections: number;
  /** Every connection that ever said hello. */
  readonly greeted: number;
  /** Tells one connection, or all, to come back: `warning` leaves about ten seconds. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Takes the next so many connections not, though it promised to. */
  refuse(times: number): void;
  /** How many it did not take. */
  readonly refused: number;
  /** Breaks every connection without a word. */
  drop(): void;
}

interface Waiting {
  readonly id: string;
  readonly parcel: Parcel;
  readonly began: number;
  attempts: number;
  socket?: WebSocket;
  stop: () => void;
  settle(receipt: Receipt): void;
}

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export function createSocketMode(
  world: World,
  http: Server,
  host: () => string,
  { secondMs, patienceMs }: { readonly secondMs: number; readonly patienceMs: number },
): SocketMode {
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, Waiting>();
  const server = new WebSocketServer({ noServer: true });
  let greeted = 0;
  let turn = 0;
  let refused = 0;
  let toRefuse = 0;

  http.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'ws://localhost').searchParams.get('ticket') ?? '';
    const isRefused = toRefuse > refused;
    if (isRefused) refused += 1;
    if (isRefused || !tickets.delete(ticket) || sockets.length >= MOST_CONNECTIONS) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, welcome);
  });

  function welcome(socket: WebSocket): void {
    sockets.push(socket);
    greeted += 1;
    const ping = setInterval(() => {
      socket.ping();
    }, PING_MS);
    socket.on('message', (data) => {
      acknowledge(objectOf(JSON.parse((data as Buffer).toString('utf8'))));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(ping);
      sockets.splice(sockets.indexOf(socket), 1);
      for (const each of waiting.values()) if (each.socket === socket) again(each);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        connection_info: { app_id: APP.id },
        debug_info: { host: 'applink-test', approximate_connection_time: 18_060 },
      }),
    );
    for (const each of waiting.values()) if (each.socket === undefined) send(each);
  }

  function acknowledge({ envelope_id: id, payload }: Json): void {
    const found = waiting.get(textOf(id));
    if (found === undefined) return;
    finish(found, 200, payload);
  }

  function send(each: Waiting): void {
    turn += 1;
    const socket = sockets[turn % Math.max(1, sockets.length)];
    delete each.socket;
    if (socket === undefined) return;
    each.socket = socket;
    const isEvent = each.parcel.kind === 'events_api';
    const envelope = {
      envelope_id: each.id,
      type: each.parcel.kind,
      accepts_response_payload: !isEvent,
      payload: each.parcel.payload,
      ...(isEvent && {
        retry_attempt: each.attempts,
        retry_reason: each.attempts > 0 ? 'timeout' : '',
      }),
    };
    socket.send(JSON.stringify(envelope));
    each.stop = world.clock.later(patienceMs, () => {
      again(each);
    });
  }

  function again(each: Waiting): void {
    each.stop();
    each.attempts += 1;
    const isOver = each.parcel.kind !== 'events_api' || each.attempts > MOST_RETRIES;
    if (!isOver) {
      send(each);
      return;
    }
    each.attempts -= 1;
    finish(each, 0, undefined);
  }

  function finish(each: Waiting, status: number, body: unknown): void {
    each.stop();
    waiting.delete(each.id);
    const ms = performance.now() - each.began;
    each.settle({ status, body, ms, attempts: each.attempts + 1 });
  }

  return {
    address: () => {
      const ticket = nextId(world, 'ticket-');
      tickets.add(ticket);
      return `ws://${host()}/link/?ticket=${ticket}&app_id=${APP.id}`;
    },
    get connections() {
      return sockets.length;
    },
    get greeted() {
      return greeted;
    },
    deliver: (parcel) =>
      new Promise((settle) => {
        const began = performance.now();
        const each = {
          id: randomUUID(),
          parcel,
          began,
          attempts: 0,
          stop: () => undefined,
          settle,
        };
        waiting.set(each.id, each);
        send(each);
      }),
    disconnect(reason) {
      for (const socket of [...sockets]) leave(socket, reason, world.clock, secondMs);
    },
    refuse(times) {
      toRefuse = refused + times;
    },
    get refused() {
      return refused;
    },
    drop() {
      for (const socket of [...sockets]) socket.terminate();
    },
    close: async () => {
      for (const each of [...waiting.values()]) finish(each, 0, undefined);
      for (const socket of [...sockets]) socket.terminate();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** After a warning Slack keeps the connection for about ten seconds; after the others it is over. */
function leave(socket: WebSocket, reason: string, clock: ServerClock, secondMs: number): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-test' } }));
  clock.later(reason === 'warning' ? 10 * secondMs : 0.2 * secondMs, () => {
    socket.close(1000);
  });
}
