import { commandData, type CommandInput } from './invocation/command-data.ts';
import { listOf } from './routes/commands.ts';
import { createHandle, type Interaction, type InteractionHandle } from './interaction.ts';
import { flatten } from './limits/message.ts';
import { holds, permissionsIn } from './permissions.ts';
import { wireMember, wireMessage, wirePartialChannel, wireUser } from './wire.ts';
import type { Channel, Json, Message, World } from './world.ts';

/** Who acts where. */
export interface Actor {
  readonly channel: Channel;
  readonly userId: string;
  /** Only the user installed the app; the bot is not in the server. */
  readonly userInstalled?: boolean;
  readonly locale?: string;
}

/** What people do with the app. Each throws where Discord's own client would not let them. */
export interface Invokers {
  /** `options` by name; their types are those of the registered command. */
  runCommand(actor: Actor, command: CommandInput): InteractionHandle;
  /** As `runCommand`, while the option `focused` is being typed. */
  autocomplete(
    actor: Actor,
    command: CommandInput & { readonly focused: string },
  ): InteractionHandle;
  /** A command of a message's menu. */
  contextMenu(actor: Actor, name: string, target: Message): InteractionHandle;
  /** A button of a message that the user sees, ephemeral ones too. */
  pressButton(actor: Actor, message: Message, customId: string): InteractionHandle;
  chooseOption(
    actor: Actor,
    message: Message,
    customId: string,
    values: readonly string[],
  ): InteractionHandle;
  /** Sends in the form that answered `opener`, with values by custom id. */
  submitModal(
    actor: Actor,
    opener: InteractionHandle,
    values: Readonly<Record<string, string | readonly string[]>>,
  ): InteractionHandle;
}

export function createInvokers(world: World): Invokers {
  return {
    runCommand: (actor, command) =>
      invoke(world, actor, 2, commandData(world, scopeOf(world, actor), command)),
    autocomplete: (actor, command) =>
      invoke(world, actor, 4, commandData(world, scopeOf(world, actor), command)),
    contextMenu: (actor, name, target) => {
      const command = scopeOf(world, actor).find(
        (each) => each['name'] === name && each['type'] === 3,
      );
      if (!command) throw new Error(`The message menu has no ${name}.`);
      return invoke(world, actor, 2, {
        id: command['id'],
        name,
        type: 3,
        target_id: target.id,
        resolved: { messages: { [target.id]: wireMessage(world, target) } },
      });
    },
    pressButton: (actor, message, customId) => press(world, actor, message, customId, 2),
    chooseOption: (actor, message, customId, values) =>
      press(world, actor, message, customId, 3, values),
    submitModal: (actor, opener, values) => {
      const { first, source } = opener.interaction;
      if (first?.type !== 9) throw new Error('No form is open.');
      const { custom_id: customId, components } = first.data;
      const data = { custom_id: customId, components: filled(components, values) };
      return invoke(world, actor, 5, data, source);
    },
  };
}

/** The commands that the user can choose there. */
function scopeOf(world: World, { channel }: Actor): Json[] {
  const own = channel.guildId === undefined ? [] : listOf(world, channel.guildId);
  return [...own, ...listOf(world)];
}

function press(
  world: World,
  actor: Actor,
  message: Message,
  customId: string,
  type: 2 | 3,
  values?: readonly string[],
): InteractionHandle {
  const found = flatten(message.components).find((each) => each.custom_id === customId);
  if (found?.type !== type) throw new Error(`The message has no component ${customId}.`);
  if ('disabled' in found && found.disabled) throw new Error(`${customId} is disabled.`);
  if (message.ephemeralFor !== undefined && message.ephemeralFor !== actor.userId) {
    throw new Error('That message is not shown to them.');
  }
  const data = { custom_id: customId, component_type: type, ...(values && { values }) };
  return invoke(world, actor, 3, data, message);
}

/** The form's components with what was filled in, in the shape in which forms come back. */
function filled(components: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(components)) return components;
  return (components as readonly Json[]).map((each) => ({
    ...each,
    ...('components' in each && { components: filled(each['components'], values) }),
    ...('component' in each && {
      component: (filled([each['component']], values) as unknown[])[0],
    }),
    ...('custom_id' in each && answerOf(each, values)),
  }));
}

function answerOf(field: Json, values: Readonly<Record<string, unknown>>): Json {
  const given = values[String(field['custom_id'])];
  return field['type'] === 4 ? { value: given ?? field['value'] ?? '' } : { values: given ?? [] };
}

function invoke(
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
