import { apiError } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import type { Interaction } from '../interaction.ts';
import { EPHEMERAL, MessageBody } from '../limits/message.ts';
import { announceEdit, changeMessage } from '../posts.ts';
import { answerWith } from '../replies.ts';
import { wireMessage } from '../wire/message.ts';
import type { Message, World } from '../world.ts';

const HOOK = '/webhooks/:application/:token';
const ONE = `${HOOK}/messages/:message`;
const OPEN = { auth: false };

export const webhookRoutes: readonly Route[] = [
  route(`POST ${HOOK}`, MessageBody, followUp, OPEN),
  route(`GET ${ONE}`, undefined, (call) => json(wireMessage(call.world, messageOf(call))), OPEN),
  route(`PATCH ${ONE}`, MessageBody, edit, OPEN),
  route(`DELETE ${ONE}`, undefined, remove, OPEN),
];

const TOKEN_MS = 15 * 60_000;

/** 50027 once the fifteen minutes are over, 10015 before the first answer. */
function interactionOf({ world, params }: Call<unknown>): Interaction {
  const interaction = world.interactions.get(params['token'] ?? '');
  if (!interaction || params['application'] !== world.bot.id) throw apiError(50027);
  if (world.clock.now() - interaction.createdAt > TOKEN_MS) throw apiError(50027);
  if (!interaction.first) throw apiError(10015);
  return interaction;
}

function notify({ watchers }: Interaction): void {
  for (const watch of [...watchers]) watch();
}

/** Of an app that only its user installed: https://docs.discord.com/developers/topics/opcodes-and-status-codes (40094) */
const MOST_FOLLOW_UPS = 5;

function followUp(call: Call<MessageBody>): Answer {
  const { world, body, files } = call;
  const interaction = interactionOf(call);
  // The first message after a deferral takes the place of "thinking …", and its visibility.
  if (isThinking(interaction)) return json(fill(world, interaction, body, call));
  if (!interaction.appInGuild && interaction.followUpCount >= MOST_FOLLOW_UPS) {
    throw apiError(40094);
  }
  const message = answerWith(world, interaction, body, files);
  interaction.followUpCount++;
  interaction.followUps.push(message);
  notify(interaction);
  return json(wireMessage(world, message));
}

function isThinking({ first, original, dismissed }: Interaction): boolean {
  return first?.type === 5 && !original && !dismissed;
}

function fill(world: World, interaction: Interaction, body: MessageBody, { files }: Call<unknown>) {
  const deferred = Number(interaction.first?.data['flags'] ?? 0) & EPHEMERAL;
  const flags = ((body.flags ?? 0) & ~EPHEMERAL) | deferred;
  const message = answerWith(world, interaction, body, files, flags);
  interaction.original = message;
  notify(interaction);
  return wireMessage(world, message);
}

function messageOf(call: Call<unknown>): Message {
  const { original, followUps } = interactionOf(call);
  const { message: id } = call.params;
  const found =
    id === '@original' ? original : [original, ...followUps].find((each) => each?.id === id);
  if (!found || !stands(call.world, found)) throw apiError(10008);
  return found;
}

function stands(world: World, message: Message): boolean {
  if (message.ephemeralFor !== undefined) return world.ephemerals.includes(message);
  const channel = world.channels.get(message.channelId);
  return !channel || channel.messages.has(message.id);
}

function edit(call: Call<MessageBody>): Answer {
  const { world, params, body, files } = call;
  const interaction = interactionOf(call);
  if (params['message'] === '@original' && isThinking(interaction)) {
    return json(fill(world, interaction, body, call));
  }
  const message = messageOf(call);
  changeMessage(world, message, body, files);
  announceEdit(world, message);
  notify(interaction);
  return json(wireMessage(world, message));
}

function remove(call: Call<unknown>): Answer {
  const { world, params } = call;
  const interaction = interactionOf(call);
  if (params['message'] === '@original' && isThinking(interaction)) {
    interaction.dismissed = true;
    return NOTHING;
  }
  const message = messageOf(call);
  world.channels.get(message.channelId)?.messages.delete(message.id);
  const index = world.ephemerals.indexOf(message);
  if (index >= 0) world.ephemerals.splice(index, 1);
  return NOTHING;
}
