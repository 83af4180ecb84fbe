import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CommandDefinition, Inbox } from '../core/index.ts';
import { client } from './client.ts';
import { CommandBody, createCommands, PressBody } from './commands.ts';
import type { Events } from './events.ts';
import type { Entry, Thread } from './feed.ts';
import { readJson, RequestError, send, sendJson } from './http.ts';
import { icon, renderPage } from './page.ts';
import { createReact, ReactBody } from './reactions.ts';
import { style } from './style.ts';
import { renderEntry, threadLabel } from './thread.ts';
import type { Wall } from './wall.ts';

/** Answers one request. Rejects with `RequestError` for what the sender did wrong. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

interface Parts {
  readonly inbox: Inbox;
  readonly definitions: readonly CommandDefinition[];
  readonly wall: Wall;
  readonly events: Events;
}

/** Every address of the page, as `GET /path`. */
export function createRoutes({ inbox, definitions, wall, events }: Parts): Record<string, Route> {
  const commands = createCommands(inbox, wall);
  const react = createReact(inbox, wall);
  const text =
    (type: string, body: string): Route =>
    (_request, response) => {
      send(response, 200, type, body);
    };
  return {
    'GET /': (_request, response) => {
      send(response, 200, 'text/html', renderPage(wall.threads(), definitions));
    },
    'GET /app.js': text('text/javascript', client),
    'GET /style.css': text('text/css', style),
    'GET /icon.svg': text('image/svg+xml', icon),
    'GET /api/messages': (_request, response) => {
      sendJson(response, 200, { messages: wall.threads().map(toThreadJson) });
    },
    'GET /api/events': (request, response) => {
      events.open(request, response);
    },
    'POST /api/command': async (request, response) => {
      sendJson(response, 200, await commands.ask(await readJson(request, CommandBody)));
    },
    'POST /api/press': async (request, response) => {
      sendJson(response, 200, await commands.press(await readJson(request, PressBody)));
    },
    'POST /api/react': async (request, response) => {
      await react(await readJson(request, ReactBody));
      sendJson(response, 200, {});
    },
  };
}

/** Finds the route of a request. Rejects with `RequestError` when there is none. */
export function findRoute(
  routes: Readonly<Record<string, Route>>,
  request: IncomingMessage,
): Route {
  const { method = 'GET', url = '/' } = request;
  const path = url.replace(/\?.*$/s, '');
  const asked = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  const route = Object.hasOwn(routes, asked) ? routes[asked] : undefined;
  if (route !== undefined) return route;
  const known = Object.keys(routes).some((key) => key.endsWith(` ${path}`));
  throw known ? new RequestError(405, 'Not that way.') : new RequestError(404, 'No such page.');
}

/** A message as the API shows it; `label` is what stands on its root's folded thread. */
export function toEntryJson(entry: Entry, replies: readonly Entry[]): object {
  return { ...entry, html: renderEntry(entry), label: threadLabel(replies) };
}

function toThreadJson({ root, replies }: Thread): object {
  return {
    ...toEntryJson(root, replies),
    replies: replies.map((entry) => toEntryJson(entry, replies)),
  };
}
