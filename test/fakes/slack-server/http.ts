import type { IncomingMessage, ServerResponse } from 'node:http';
import { objectOf, type Json } from './json.ts';

/** The body of a call as its members: a form, or JSON. */
export async function readArgs(request: IncomingMessage): Promise<Json> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += String(chunk);
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    return objectOf(body === '' ? {} : JSON.parse(body));
  }
  return Object.fromEntries(new URLSearchParams(body));
}

export function sendJson(
  response: ServerResponse,
  body: Json,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
