import { apiError } from './errors.ts';
import type { Message, World } from './world.ts';

type Nonce = string | number | null | undefined;

/**
 * The message that this author made with this nonce in the past few minutes, in whatever channel;
 * 10008 where it was deleted since.
 */
export function known(world: World, authorId: string, nonce: Nonce): Message | undefined {
  if (nonce === null || nonce === undefined) return undefined;
  const entry = world.nonces.get(keyOf(authorId, nonce));
  if (!entry || world.clock.now() - entry.at > world.options.nonceWindowMs) return undefined;
  const message = world.channels.get(entry.channelId)?.messages.get(entry.messageId);
  if (!message) throw apiError(10008);
  return message;
}

/** Makes a message known by its nonce. */
export function remember(world: World, { id, channelId, authorId, nonce }: Message): void {
  if (nonce === undefined) return;
  world.nonces.set(keyOf(authorId, nonce), { messageId: id, channelId, at: world.clock.now() });
}

function keyOf(authorId: string, nonce: string | number): string {
  return `${authorId} ${nonce}`;
}
