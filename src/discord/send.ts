import { Routes } from 'discord.js';
import type { Log } from '../core/index.ts';
import type { MessageBody } from './body.ts';
import { toNonce } from './custom-id.ts';
import { apiCode } from './errors.ts';
import type { RawMessage } from './look-back.ts';
import { inSomeForm } from './plain-form.ts';
import type { Page } from './render.ts';
import type { Ask } from './rest.ts';
import { DELETED } from './settings.ts';

/** What one message is sent with. */
export interface Sending {
  readonly ask: Ask;
  readonly log: Log;
  /** The channel or thread. */
  readonly channel: string;
  readonly key: string;
  readonly part: number;
  readonly signal?: AbortSignal;
}

const UNKNOWN_MESSAGE = 10008;

/**
 * Posts one page under its own nonce, so that Discord makes one message of all attempts within a
 * few minutes; gives its id. A form that Discord refuses is tried once more in plain words.
 */
export async function send(sending: Sending, page: Page): Promise<string> {
  const { key } = sending;
  return inSomeForm(sending, page, (body, isPlain) =>
    create(sending, body, isPlain ? `${key}|plain` : key),
  );
}

async function create(sending: Sending, body: MessageBody, key: string): Promise<string> {
  const { ask, log, channel, part, signal } = sending;
  const nonce = toNonce(channel, key, part);
  try {
    const made = await ask<RawMessage>({
      method: 'POST',
      path: Routes.channelMessages(channel),
      body: { ...body, nonce, enforce_nonce: true },
      ...(signal && { signal }),
    });
    if (made.channel_id === channel) return made.id;
  } catch (error) {
    // Discord knows the nonce, so it was posted; someone has deleted it since, and it stays so.
    if (apiCode(error) === UNKNOWN_MESSAGE) return DELETED;
    throw error;
  }
  if (key.endsWith(FRESH)) throw new Error('Discord answers with other channels’ messages');
  log.error({ channel }, 'page the operator: Discord took our message for one of another channel');
  return create(sending, body, key + FRESH);
}

/** Ends the key of a nonce that Discord can't have seen. */
const FRESH = '|fresh';
