import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendEvents } from './http.ts';

/** How often an idle stream says something, in milliseconds; proxies close silent ones after 30 s. */
const HEARTBEAT_MS = 20_000;

/** Pushes what changes to every open page, as server-sent events. */
export interface Events {
  /** Keeps this answer open and sends every later push to it. */
  open(request: IncomingMessage, response: ServerResponse): void;
  push(name: string, data: unknown): void;
  /** Ends all streams. */
  close(): void;
}

export function createEvents(): Events {
  const pages = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const page of pages) page.write(text);
  };
  const heartbeat = setInterval(() => {
    write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    open: (request, response) => {
      sendEvents(response);
      response.write('retry: 2000\n\n');
      pages.add(response);
      request.on('close', () => pages.delete(response));
    },
    // JSON holds no raw newline, which would end the event.
    push: (name, data) => {
      write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close: () => {
      clearInterval(heartbeat);
      for (const page of pages) page.end();
      pages.clear();
    },
  };
}
