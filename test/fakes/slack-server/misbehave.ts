import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SlackFault } from './faults.ts';
import { sendJson } from './http.ts';

type Spoiling = Exclude<SlackFault, { readonly kind: 'delay' }>;

/** Waits where that is all that goes wrong. */
export async function sitOut(fault: SlackFault | undefined): Promise<Spoiling | undefined> {
  if (fault?.kind !== 'delay') return fault;
  await delay(fault.ms);
  return undefined;
}

/** Spoils the answer to a call. */
export function misbehave(fault: Spoiling, response: ServerResponse): void {
  switch (fault.kind) {
    case 'error':
      sendJson(response, { ok: false, error: fault.error });
      break;
    case 'rate-limit':
      refuseForNow(response, fault.retryAfter);
      break;
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sorry</title>');
      break;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"ok":tr');
      break;
    case 'hang':
      break;
    case 'reset':
      response.destroy();
      break;
  }
}

export function refuseForNow(response: ServerResponse, seconds: number): void {
  sendJson(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(seconds) });
}
