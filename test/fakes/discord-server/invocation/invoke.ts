import { createHandle, type Interaction, type InteractionHandle } from '../interaction.ts';
import { holds, permissionsIn } from '../permissions.ts';
import { wirePartialChannel } from '../wire/channel.ts';
import { wireMember } from '../wire/guild.ts';
import { wireMessage } from '../wire/message.ts';
import { wireUser } from '../wire/user.ts';
import type { Channel, Json, Message, World } from '../world.ts';

/** Who acts where. */
export interface Actor {
  readonly channel: Channel;
  readonly userId: string;
  /** Only the user installed the app; the bot is not in the server. */
  readonly userInstalled?: boolean;
  readonly locale?: string;
}

/** Sends an interaction to the bot, and gives what its user sees of it. */
export function invoke(
  world: World,
  actor: Actor,
  type: number,
  data: Json,
  source?: Message,
): InteractionHandle {
  const { channel, userId } = actor;
  const interaction: Interaction = {
    id: world.nextId(),
    token: `aW50ZXJhY3Rpb24${world.nextId()}${'x'.repeat(120)}`,
    type,
    userId,
    channelId: channel.id,
    ...(channel.guildId !== undefined && { guildId: channel.guildId }),
    createdAt: world.clock.now(),
    appInGuild: actor.userInstalled !== true,
    ...(source && { source }),
    followUps: [],
    followUpCount: 0,
    watchers: new Set(),
  };
  checkMay(world, actor);
  world.interactions.set(interaction.token, interaction);
  const d = { ...wireInteraction(world, actor, interaction), data };
  const { guildId } = channel;
  world.emit({ t: 'INTERACTION_CREATE', d, ...(guildId !== undefined && { guildId }) });
  return createHandle(interaction);
}

function checkMay(world: World, { channel, userId }: Actor): void {
  if (channel.guildId === undefined) return;
  if (holds(permissionsIn(world, channel, userId), 'VIEW_CHANNEL')) return;
  throw new Error('They do not see that channel.');
}

function wireInteraction(
  world: World,
  { channel, userId, userInstalled = false, locale = 'en-GB' }: Actor,
  { id, token, type, source }: Interaction,
): Json {
  const { guildId } = channel;
  const guild = world.guilds.get(guildId ?? '');
  const user = world.users.get(userId);
  const permissions = String(permissionsIn(world, channel, userId));
  return {
    id,
    token,
    type,
    application_id: world.bot.id,
    version: 1,
    channel_id: channel.id,
    channel: wirePartialChannel(world, channel, userId),
    locale,
    app_permissions: String(permissionsIn(world, channel, world.bot.id)),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    context: guild ? 0 : 1,
    authorizing_integration_owners: userInstalled ? { 1: userId } : { 0: guildId ?? '0' },
    ...(guild && {
      guild_id: guild.id,
      guild: { id: guild.id, locale: 'en-US', features: [] },
      guild_locale: 'en-US',
      member: { ...wireMember(world, guild, userId), permissions },
    }),
    ...(!guild && user && { user: wireUser(user) }),
    ...(source && { message: wireMessage(world, source) }),
  };
}
