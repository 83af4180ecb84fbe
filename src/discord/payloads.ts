import type { Message } from '../core/index.ts';
import { toNonce } from './custom-id.ts';
import { render } from './render.ts';
import { toThreadBody, toThreadName } from './thread-body.ts';

/** A channel that stands for any: no real one has this id. */
const CHANNEL = '0';

interface PayloadPage {
  readonly message: Message;
  readonly inThread: boolean;
}

/** The bodies of the requests that post a digest, in order, the opening of its thread included. */
export function toPayloads(pages: readonly PayloadPage[]): object[] {
  const [overview] = pages;
  const messages = pages.map((page, index) => bodiesOf(page.message, index));
  const thread = overview !== undefined && pages.some(({ inThread }) => inThread);
  const [first = [], ...rest] = messages;
  return [
    ...first,
    ...(thread ? [toThreadBody(toThreadName(overview.message))] : []),
    ...rest.flat(),
  ];
}

function bodiesOf(message: Message, index: number): object[] {
  const key = String(index);
  const home = { tenant: CHANNEL, name: `${CHANNEL}|${key}` };
  return render(message, home).map(({ body }, part) => ({
    ...body,
    nonce: toNonce(CHANNEL, key, part),
    enforce_nonce: true,
  }));
}
