import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeliveryError } from '../core/index.ts';
import type { ChatPlatform, CommandDefinition, Inbox, Log } from '../core/index.ts';
import { toStartError } from './errors.ts';
import { createEvents } from './events.ts';
import type { Events } from './events.ts';
import type { Entry, Thread } from './feed.ts';
import { createMemoryHistory, openHistory } from './history.ts';
import { guard, RequestError, sendJson } from './http.ts';
import { createRoutes, findRoute, toEntryJson } from './routes.ts';
import type { Route } from './routes.ts';
import { previewChannel, type PreviewSettings } from './settings.ts';
import { createWall } from './wall.ts';
import type { Wall } from './wall.ts';

export { previewChannel } from './settings.ts';

/** Other machines never reach the page: it has no password. */
const HOST = '127.0.0.1';

/** The local page: a platform like the others, with one channel and one reader. */
export interface Preview extends ChatPlatform {
  /** Where the page is; with port 0 the port is known once started. */
  readonly url: string;
}

interface Running {
  readonly wall: Wall;
  close(): Promise<void>;
}

/** A page on this machine that needs no token. */
export function createPreview(settings: PreviewSettings): Preview {
  let { port } = settings;
  let running: Running | undefined;

  function wall(): Wall {
    if (running === undefined)
      throw new DeliveryError('unavailable', 'The preview is not running.');
    return running.wall;
  }

  return {
    id: 'preview',
    name: 'the local page',
    get url() {
      return `http://${HOST}:${port}`;
    },
    describe: () => `the local page http://${HOST}:${port}`,
    start: async (inbox, commands) => {
      const server = createServer();
      try {
        port = await listen(server, port);
        running = await run(server, settings, inbox, commands);
      } catch (error) {
        await close(server);
        throw toStartError(error, port);
      }
    },
    post: async (channel, message, options) => wall().post(channel, message, options),
    update: async (ref, message) => wall().update(ref, message),
    tell: async (reader, _about, message, key) => {
      if (reader.platform !== 'preview')
        throw new DeliveryError('rejected', 'Nobody by that name.');
      // Whoever sits before the page is its only reader.
      await wall().post(previewChannel, message, { key });
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await stopping?.close();
    },
  };
}

/** Takes the port before anything reads the history, so that one process at a time writes it. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function run(
  server: Server,
  settings: PreviewSettings,
  inbox: Inbox,
  definitions: readonly CommandDefinition[],
): Promise<Running> {
  const events = createEvents();
  const opening = openWall(settings, events);
  const routes = opening.then((wall) => createRoutes({ inbox, definitions, wall, events }));
  // Listening began before the history is read: an open page that reconnects meanwhile waits.
  server.on('request', (request, response) => {
    void answer(request, response, routes, settings.log);
  });
  const [wall] = await Promise.all([opening, routes]).catch((error: unknown) => {
    events.close();
    throw error;
  });
  return {
    wall,
    close: async () => {
      events.close();
      await close(server);
      await wall.close();
    },
  };
}

async function openWall(settings: PreviewSettings, events: Events): Promise<Wall> {
  const { historyPath: path, log, clock } = settings;
  const history = path === undefined ? createMemoryHistory() : await openHistory(path, log);
  const onChange = (entry: Entry) => {
    events.push('message', toEntryJson(entry, threadOf(wall, entry)));
  };
  const wall = createWall({ history, clock, onChange });
  return wall;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function threadOf(wall: Wall, entry: Entry): readonly Entry[] {
  const root = entry.thread ?? entry.id;
  return wall.threads().find((thread: Thread) => thread.root.id === root)?.replies ?? [];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Promise<Readonly<Record<string, Route>>>,
  log: Log,
): Promise<void> {
  try {
    guard(request);
    await findRoute(await routes, request)(request, response);
  } catch (error) {
    refuse(response, error, log);
  }
}

function refuse(response: ServerResponse, error: unknown, log: Log): void {
  if (response.headersSent) {
    response.destroy();
  } else if (error instanceof RequestError) {
    sendJson(response, error.status, { error: error.message });
  } else {
    log.error({ err: error }, 'The preview could not answer a request');
    const known = error instanceof DeliveryError;
    sendJson(response, known ? 503 : 500, {
      error: known ? error.message : 'Something went wrong; the log says what.',
    });
  }
}
