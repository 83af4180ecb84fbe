import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { World } from '../world.ts';
import { createBudget, type Budget } from './budget.ts';
import {
  accept,
  invalid,
  type GatewayFrame,
  type GatewayOptions,
  type GatewayState,
} from './connection.ts';
import { isVisible } from './intents.ts';
import { deliver, type Session } from './session.ts';

/** The gateway as tests steer it. */
export interface Gateway {
  readonly budget: Budget;
  readonly options: GatewayOptions;
  /** Oldest first, heartbeats among them. */
  readonly received: readonly GatewayFrame[];
  /** By id, those that can be resumed among them. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** Breaks every connection without a close frame; a RESUME gets what was missed. */
  drop(): void;
  /** Closes every connection with a code. */
  readonly close: (code: number) => void;
  /** Op 7: asks every client to come back with a RESUME. */
  reconnect(): void;
  /** Op 9. Without `resumable` the sessions are gone, and events since then are lost. */
  invalidate(resumable: boolean): void;
  /** Forgets the sessions without a word: the next RESUME gets Invalid Session (false). */
  forget(): void;
  /** Zombies: connections stay open, nothing is sent, no heartbeat is acknowledged. */
  silence(): void;
  stop(): Promise<void>;
}

const DEFAULTS: GatewayOptions = {
  heartbeatMs: 41_250,
  grantedIntents: 0,
  shards: 1,
  maxGuildsPerShard: 2_500,
  identifies: 1_000,
  maxConcurrency: 1,
  identifyWindowMs: 0,
};

export function createGateway(
  world: World,
  server: Server,
  given: Partial<GatewayOptions>,
): Gateway {
  const options = { ...DEFAULTS, ...given };
  const sockets = new WebSocketServer({ server });
  const state: GatewayState = {
    world,
    options,
    budget: createBudget(world, options),
    sessions: new Map(),
    received: [],
  };
  sockets.on('connection', (socket) => {
    accept(state, socket);
  });
  world.emit = (event) => {
    if (!isVisible(world, event)) return;
    for (const session of state.sessions.values()) deliver(session, event, world.bot.id);
  };
  return { ...steering(state), stop: () => stop(sockets) };
}

function steering(state: GatewayState): Omit<Gateway, 'stop'> {
  const { sessions } = state;
  function each(act: (session: Session, socket: WebSocket) => void): void {
    for (const session of sessions.values()) if (session.socket) act(session, session.socket);
  }
  return {
    budget: state.budget,
    options: state.options,
    received: state.received,
    sessions,
    drop: () => {
      each((session, socket) => {
        session.socket = undefined;
        socket.terminate();
      });
    },
    close: (code) => {
      each((_session, socket) => {
        socket.close(code);
      });
    },
    reconnect: () => {
      each((_session, socket) => {
        socket.send('{"op":7,"d":null}');
      });
    },
    invalidate: (resumable) => {
      each((session, socket) => {
        if (!resumable) sessions.delete(session.id);
        socket.send(invalid(resumable));
      });
    },
    forget: () => {
      sessions.clear();
    },
    silence: () => {
      each((session) => {
        session.silent = true;
      });
    },
  };
}

function stop(sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  return new Promise((resolve) => {
    sockets.close(() => {
      resolve();
    });
  });
}
