import { z } from 'zod';
import { apiError } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import type { Interaction } from '../interaction.ts';
import { Modal } from '../limits/component.ts';
import { text } from '../limits/form.ts';
import { EPHEMERAL, MessageBody } from '../limits/message.ts';
import { announceEdit, changeMessage } from '../posts.ts';
import { answerWith } from '../replies.ts';
import { wireMessage } from '../wire/message.ts';
import type { Json, World } from '../world.ts';

const Choices = z.looseObject({
  choices: z
    .array(z.looseObject({ name: text(100, 1), value: z.union([z.string().max(100), z.number()]) }))
    .max(25),
});

const Callback = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal(4), data: MessageBody }),
  z.looseObject({ type: z.literal(5), data: MessageBody.nullish() }),
  z.looseObject({ type: z.literal(6) }),
  z.looseObject({ type: z.literal(7), data: MessageBody }),
  z.looseObject({ type: z.literal(8), data: Choices }),
  z.looseObject({ type: z.literal(9), data: Modal }),
]);
type Callback = z.infer<typeof Callback>;

export const interactionRoutes: readonly Route[] = [
  route('POST /interactions/:interaction/:token/callback', Callback, respond, { auth: false }),
];

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
const FIRST_RESPONSE_MS = 3_000;

/** Which types of answer each type of interaction takes. */
const ALLOWED: Readonly<Record<number, readonly number[]>> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

function respond(call: Call<Callback>): Answer {
  const { world, params, body, query, at } = call;
  const interaction = world.interactions.get(params['token'] ?? '');
  if (!interaction || interaction.id !== params['interaction']) throw apiError(10062);
  if (interaction.first) throw apiError(40060);
  if (at - interaction.createdAt > FIRST_RESPONSE_MS) throw apiError(10062);
  if (!ALLOWED[interaction.type]?.includes(body.type)) throw apiError(50035);
  const data: Json = body.type === 6 ? {} : { ...body.data };
  act(call, interaction);
  interaction.first = { type: body.type, data, at: world.clock.now() };
  for (const watch of [...interaction.watchers]) watch();
  return query.get('with_response') === 'true'
    ? json(withResponse(world, interaction, body.type))
    : NOTHING;
}

function act({ world, body, files }: Call<Callback>, interaction: Interaction): void {
  const { source } = interaction;
  switch (body.type) {
    case 4:
      interaction.original = answerWith(world, interaction, body.data, files);
      break;
    case 6:
      if (source) interaction.original = source;
      break;
    case 7:
      if (!source) throw apiError(50035);
      changeMessage(world, source, body.data, files);
      interaction.original = source;
      announceEdit(world, source);
      break;
    case 5:
    case 8:
    case 9:
      break;
  }
}

function withResponse(world: World, interaction: Interaction, type: number): Json {
  const { id, original, first } = interaction;
  const ephemeral = (Number(first?.data['flags'] ?? 0) & EPHEMERAL) !== 0;
  return {
    interaction: {
      id,
      type: interaction.type,
      response_message_id: original?.id ?? null,
      response_message_loading: type === 5,
      response_message_ephemeral: ephemeral,
    },
    resource: { type, ...(original && { message: wireMessage(world, original) }) },
  };
}
