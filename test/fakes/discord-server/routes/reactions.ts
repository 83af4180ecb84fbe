import { knownMessage, may, requireOpen, requirePermissions, seenChannel } from '../access.ts';
import { apiError } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import { addReaction, removeReaction } from '../reactions.ts';
import { wireUser } from '../wire/user.ts';
import type { Channel, Message } from '../world.ts';
import { badLimit } from './messages.ts';

const EMOJI = '/channels/:channel/messages/:message/reactions/:emoji';

export const reactionRoutes: readonly Route[] = [
  route(`PUT ${EMOJI}/@me`, undefined, add),
  route(`DELETE ${EMOJI}/@me`, undefined, remove),
  route(`GET ${EMOJI}`, undefined, list),
];

interface Place {
  readonly channel: Channel;
  readonly message: Message;
  readonly emoji: string;
}

function placeOf({ world, params }: Call<undefined>): Place {
  const channel = seenChannel(world, params['channel']);
  const emoji = params['emoji'] ?? '';
  if (!isEmoji(emoji)) throw apiError(10014);
  return { channel, message: knownMessage(channel, params['message']), emoji };
}

/** An emoji of Unicode, or the `name:id` of a server's own. */
function isEmoji(text: string): boolean {
  return /^(\w+:\d+|[\p{Extended_Pictographic}\p{Regional_Indicator}\d#*][\p{M}\p{Emoji}\p{Cf}]*)$/u.test(
    text,
  );
}

function add(call: Call<undefined>): Answer {
  const { world } = call;
  const { channel, message, emoji } = placeOf(call);
  requirePermissions(world, channel, 'READ_MESSAGE_HISTORY');
  if (!message.reactions.has(emoji)) requirePermissions(world, channel, 'ADD_REACTIONS');
  requireOpen(channel);
  if (!message.reactions.has(emoji) && message.reactions.size >= 20) throw apiError(30010);
  addReaction(world, message, emoji, world.bot.id);
  return NOTHING;
}

function remove(call: Call<undefined>): Answer {
  const { channel, message, emoji } = placeOf(call);
  requireOpen(channel);
  removeReaction(call.world, message, emoji, call.world.bot.id);
  return NOTHING;
}

/** Users by id, a hundred a page at most. */
function list(call: Call<undefined>): Answer {
  const { world, query } = call;
  const { channel, message, emoji } = placeOf(call);
  if (!may(world, channel, 'READ_MESSAGE_HISTORY')) throw apiError(50013);
  const limit = Number(query.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badLimit();
  const after = BigInt(query.get('after') ?? 0);
  const all = query.get('type') === '1' ? message.bursts : message.reactions;
  const ids = [...(all.get(emoji) ?? [])]
    .filter((id) => BigInt(id) > after)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const users = ids.slice(0, limit).flatMap((id) => world.users.get(id) ?? []);
  return json(users.map(wireUser));
}
