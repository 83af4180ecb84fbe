import { Routes, SnowflakeUtil } from 'discord.js';
import { breakAlike, breaksElsewhere, DeliveryError } from '../core/index.ts';
import type { ChatPlatform, Message, MessageRef } from '../core/index.ts';
import { apiCode, toDeliveryError } from './errors.ts';
import type { Lanes } from './lanes.ts';
import { OLD_EDITS, OLD_MS } from './quotas.ts';
import { render, type Page } from './render.ts';
import { PLATFORM } from './settings.ts';
import { createWaits } from './waits.ts';
import type { Wire } from './wire.ts';

/** Replaces a message in place. What no longer fits on its one page is left out, and logged. */
export type Update = ChatPlatform['update'];

const ARCHIVED = 50083;

export function createUpdate(wire: Wire, lanes: Lanes): Update {
  const oldEdits = createWaits(wire.clock);
  return async (ref, message, before) => {
    refuseForeign(ref);
    const { channel } = ref;
    const pagesOf = (of: Message) => render(of, { tenant: ref.tenant, name: ref.message });
    const [page, ...rest] = pagesOf(message);
    if (page === undefined) return;
    if (before !== undefined) refuseElsewhere([page, ...rest], pagesOf(before));
    if (rest.length > 0 && before === undefined) {
      wire.log.warn({ channel, left: rest.length }, 'an update did not fit its message');
    }
    if (isOld(wire, ref)) oldEdits.check(channel);
    await wire.remember(page.kept);
    try {
      await lanes.run(channel, () => edit(wire, ref, page.body));
    } catch (error) {
      if (apiCode(error) === OLD_EDITS) oldEdits.note(channel, toDeliveryError(error));
      throw error;
    }
  };
}

function refuseForeign({ platform, channel, message }: MessageRef): void {
  if (platform === PLATFORM && /^\d{1,20}\/\d{1,20}$/.test(`${channel}/${message}`)) return;
  throw new DeliveryError('rejected', 'That is no message of Discord.');
}

function refuseElsewhere(pages: readonly Page[], before: readonly Page[]): void {
  const messagesOf = (of: readonly Page[]) => of.map(({ message }) => message);
  if (!breakAlike(messagesOf(pages), messagesOf(before))) throw breaksElsewhere();
}

function isOld({ clock }: Wire, { message }: MessageRef): boolean {
  return clock().getTime() - SnowflakeUtil.timestampFrom(message) > OLD_MS;
}

/** Only an open thread takes edits, and none is opened for one: everybody in it would see that. */
async function edit({ ask }: Wire, { channel, message }: MessageRef, body: object): Promise<void> {
  try {
    await ask({ method: 'PATCH', path: Routes.channelMessage(channel, message), body });
  } catch (error) {
    if (apiCode(error) !== ARCHIVED) throw error;
    throw new DeliveryError('no-access', 'The thread is at rest.', { cause: error });
  }
}
