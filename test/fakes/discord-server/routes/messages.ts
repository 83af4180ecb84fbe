import { z } from 'zod';
import {
  knownMessage,
  may,
  requireSending,
  requireOpen,
  requirePermissions,
  seenChannel,
} from '../access.ts';
import { ApiError, apiError, invalidForm } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import { MessageBody, MessageCreate } from '../limits/message.ts';
import { known, remember } from '../nonces.ts';
import { announceEdit, changeMessage, makeMessage, publish } from '../posts.ts';
import { reopen } from '../threads.ts';
import { wireMessage } from '../wire/message.ts';
import type { Channel, Message, World } from '../world.ts';

const ONE = '/channels/:channel/messages/:message';

export const messageRoutes: readonly Route[] = [
  route('POST /channels/:channel/messages', MessageCreate, create),
  route('GET /channels/:channel/messages', undefined, list),
  route(`GET ${ONE}`, undefined, ({ world, params }) => {
    const channel = seenChannel(world, params['channel']);
    requirePermissions(world, channel, 'READ_MESSAGE_HISTORY');
    return json(wireMessage(world, knownMessage(channel, params['message'])));
  }),
  route(`PATCH ${ONE}`, MessageBody, edit),
  route(`DELETE ${ONE}`, undefined, remove),
  route(`POST ${ONE}/crosspost`, z.unknown(), crosspost),
];

function create({ world, params, body, files }: Call<z.infer<typeof MessageCreate>>): Answer {
  const channel = seenChannel(world, params['channel']);
  requireSending(world, channel);
  const before = body.enforce_nonce ? known(world, world.bot.id, body.nonce) : undefined;
  if (before) return json(wireMessage(world, before));
  requireContents(world, channel, body, files.length);
  const reply = body.message_reference;
  if (reply) checkReply(world, channel, reply);
  const replyTo = reply && channel.messages.has(reply.message_id) ? reply.message_id : undefined;
  const origin = { authorId: world.bot.id, nonce: body.nonce, replyTo, files };
  const message = makeMessage(world, channel.id, body, origin);
  reopen(world, channel);
  remember(world, message);
  publish(world, channel, message);
  return json(wireMessage(world, message));
}

/** What the body needs besides the right to send. */
export function requireContents(
  world: World,
  channel: Channel,
  { embeds }: MessageBody,
  fileCount: number,
): void {
  if (embeds?.length) requirePermissions(world, channel, 'EMBED_LINKS');
  if (fileCount > 0) requirePermissions(world, channel, 'ATTACH_FILES');
}

function checkReply(
  world: World,
  channel: Channel,
  reply: { message_id: string; fail_if_not_exists?: boolean | null | undefined },
): void {
  if (!may(world, channel, 'READ_MESSAGE_HISTORY')) throw apiError(160002);
  if (channel.messages.has(reply.message_id) || reply.fail_if_not_exists === false) return;
  throw invalidForm([
    {
      path: ['message_reference'],
      code: 'REPLIES_UNKNOWN_MESSAGE',
      message: 'Unknown message',
    },
  ]);
}

/** Newest first; nothing without READ_MESSAGE_HISTORY. */
function list({ world, params, query }: Call<undefined>): Answer {
  const channel = seenChannel(world, params['channel']);
  if (channel.type === 15) throw apiError(50024);
  if (!may(world, channel, 'READ_MESSAGE_HISTORY')) return json([]);
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badLimit();
  const all = [...channel.messages.values()];
  return json(
    page(all, query, limit)
      .reverse()
      .map((message) => wireMessage(world, message)),
  );
}

function page(all: readonly Message[], query: URLSearchParams, limit: number): Message[] {
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  if (after) return all.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, limit);
  if (around) {
    const middle = all.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const start = Math.max(0, middle - Math.floor(limit / 2));
    return all.slice(start, start + limit);
  }
  return all.filter(({ id }) => !before || BigInt(id) < BigInt(before)).slice(-limit);
}

export function badLimit(): ApiError {
  const message = 'int value should be between 1 and 100.';
  return invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_RANGE', message }]);
}

const HOUR = 3_600_000;

function edit({ world, params, body, files }: Call<MessageBody>): Answer {
  const channel = seenChannel(world, params['channel']);
  requireOpen(channel);
  const message = knownMessage(channel, params['message']);
  if (message.authorId !== world.bot.id) throw apiError(50005);
  if (world.clock.now() - message.timestamp > HOUR) countOldEdit(world, channel);
  requireContents(world, channel, body, files.length);
  changeMessage(world, message, body, files);
  announceEdit(world, message);
  return json(wireMessage(world, message));
}

/** 30046 comes with status 429: https://github.com/aikaterna/aikaterna-cogs/issues/302 */
function countOldEdit(world: World, channel: Channel): void {
  const now = world.clock.now();
  const recent = (world.oldEdits.get(channel.id) ?? []).filter((at) => at > now - HOUR);
  if (recent.length >= world.options.oldEditsPerHour) {
    const retryAfter = ((recent[0] ?? now) + HOUR - now) / 1_000;
    const message = 'Maximum number of edits to messages older than 1 hour reached';
    throw new ApiError(429, { message, code: 30046, retry_after: retryAfter, global: false });
  }
  world.oldEdits.set(channel.id, [...recent, now]);
}

function remove({ world, params }: Call<undefined>): Answer {
  const channel = seenChannel(world, params['channel']);
  const message = knownMessage(channel, params['message']);
  if (message.authorId !== world.bot.id) requirePermissions(world, channel, 'MANAGE_MESSAGES');
  channel.messages.delete(message.id);
  const { id, guildId } = channel;
  const d = { id: message.id, channel_id: id, ...(guildId && { guild_id: guildId }) };
  world.emit({ t: 'MESSAGE_DELETE', d, ...(guildId !== undefined && { guildId }) });
  return NOTHING;
}

const CROSSPOSTED = 1;

function crosspost({ world, params }: Call<unknown>): Answer {
  const channel = seenChannel(world, params['channel']);
  if (channel.type !== 5) throw apiError(50024);
  const message = knownMessage(channel, params['message']);
  const own = message.authorId === world.bot.id;
  requirePermissions(world, channel, own ? 'SEND_MESSAGES' : 'MANAGE_MESSAGES');
  if ((message.flags & CROSSPOSTED) !== 0) throw apiError(40033);
  message.flags |= CROSSPOSTED;
  announceEdit(world, message);
  return json(wireMessage(world, message));
}
