import { Routes } from 'discord.js';
import { DeliveryError, type Message, type MessageRef } from '../core/index.ts';
import { apiCode } from './errors.ts';
import { render } from './render.ts';
import { PLATFORM } from './settings.ts';
import type { Wire } from './wire.ts';

const ARCHIVED = 50083;

/** Replaces a message in place. What no longer fits on its one page is left out, and logged. */
export async function update(wire: Wire, ref: MessageRef, message: Message): Promise<void> {
  if (ref.platform !== PLATFORM || !/^\d{1,20}\/\d{1,20}$/.test(`${ref.channel}/${ref.message}`)) {
    throw new DeliveryError('rejected', 'That is no message of Discord.');
  }
  const [page, ...rest] = render(message, { tenant: ref.tenant, name: ref.message });
  if (page === undefined) return;
  if (rest.length > 0) {
    wire.log.warn({ channel: ref.channel, left: rest.length }, 'an update did not fit its message');
  }
  await wire.remember(page.kept);
  const edit = { method: 'PATCH', path: Routes.channelMessage(ref.channel, ref.message) } as const;
  try {
    await wire.ask({ ...edit, body: page.body });
  } catch (error) {
    if (apiCode(error) !== ARCHIVED) throw error;
    // Only sending opens an archived thread by itself.
    const path = Routes.channel(ref.channel);
    await wire.ask({ method: 'PATCH', path, body: { archived: false } });
    await wire.ask({ ...edit, body: page.body });
  }
}
