import { createHmac } from 'node:crypto';
import { RETRIES_S, type Delivery, type Parcel, type Receipt } from './delivery.ts';
import type { ServerClock } from './clock.ts';
import { APP } from './world.ts';

/** How a request's signature may be wrong. */
export interface Forgery {
  readonly secret?: string;
  /** Added to the time stamp, in seconds: -360 for a stale one. */
  readonly skewS?: number;
  /** Changes the body after it was signed. */
  readonly tamper?: (body: string) => string;
}

export interface HttpDelivery extends Delivery {
  /** Sends once, with a signature that may be wrong. */
  send(parcel: Parcel, forgery?: Forgery, headers?: Headers): Promise<Receipt>;
}

/** Posts to the app's request URL, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function createHttpDelivery(
  clock: ServerClock,
  url: () => string,
  patienceMs: number,
): HttpDelivery {
  async function send(parcel: Parcel, forgery: Forgery = {}, headers?: Headers): Promise<Receipt> {
    const began = performance.now();
    const { body, type } = encode(parcel);
    const signed = sign(body, forgery);
    signed.set('content-type', type);
    headers?.forEach((value, name) => {
      signed.set(name, value);
    });
    const sent = forgery.tamper?.(body) ?? body;
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const answer = await fetch(url(), { method: 'POST', headers: signed, body: sent, signal });
      const text = await answer.text();
      return {
        status: answer.status,
        body: parse(text),
        ms: performance.now() - began,
        attempts: 1,
      };
    } catch {
      return { status: 0, body: undefined, ms: performance.now() - began, attempts: 1 };
    }
  }

  async function withRetries(parcel: Parcel): Promise<Receipt> {
    let receipt = await send(parcel);
    for (const [index, seconds] of RETRIES_S.entries()) {
      if (isTaken(receipt)) break;
      await new Promise<void>((resolve) => clock.later(seconds * 1000, resolve));
      const headers = new Headers({
        'x-slack-retry-num': String(index + 1),
        'x-slack-retry-reason': receipt.status === 0 ? 'http_timeout' : 'http_error',
      });
      receipt = { ...(await send(parcel, {}, headers)), attempts: index + 2 };
    }
    return receipt;
  }

  return {
    send,
    deliver: (parcel) => (parcel.kind === 'events_api' ? withRetries(parcel) : send(parcel)),
    close: () => Promise.resolve(),
  };
}

function isTaken({ status }: Receipt): boolean {
  return status >= 200 && status < 300;
}

function encode({ kind, payload }: Parcel): { body: string; type: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const form =
    kind === 'interactive'
      ? new URLSearchParams({ payload: JSON.stringify(payload) })
      : new URLSearchParams(
          Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
        );
  return { body: form.toString(), type: 'application/x-www-form-urlencoded' };
}

function sign(body: string, { secret = APP.signingSecret, skewS = 0 }: Forgery): Headers {
  const stamp = String(Math.floor(Date.now() / 1000) + skewS);
  const hash = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
  return new Headers({
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${hash}`,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
  });
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
