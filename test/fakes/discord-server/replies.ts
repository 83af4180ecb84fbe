import type { UploadedFile } from './http/route.ts';
import type { Interaction } from './interaction.ts';
import { EPHEMERAL, type MessageBody } from './limits/message.ts';
import { makeMessage, publish } from './posts.ts';
import type { Message, World } from './world.ts';

/** Makes a message of an interaction: for its user alone, or in the channel. */
export function answerWith(
  world: World,
  interaction: Interaction,
  body: MessageBody,
  files: readonly UploadedFile[],
  flags = body.flags ?? 0,
): Message {
  const ephemeral = (flags & EPHEMERAL) !== 0;
  const message = makeMessage(
    world,
    interaction.channelId,
    { ...body, flags },
    {
      authorId: world.bot.id,
      interactionId: interaction.id,
      ephemeralFor: ephemeral ? interaction.userId : undefined,
      files,
    },
  );
  const channel = world.channels.get(interaction.channelId);
  if (ephemeral) world.ephemerals.push(message);
  else if (channel) publish(world, channel, message);
  return message;
}
