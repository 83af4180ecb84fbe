import { commandData, type CommandInput } from './invocation/command-data.ts';
import { filled } from './invocation/form-data.ts';
import { invoke, type Actor } from './invocation/invoke.ts';
import type { InteractionHandle } from './interaction.ts';
import { flatten } from './limits/message.ts';
import { listOf } from './routes/commands.ts';
import { wireMessage } from './wire/message.ts';
import type { Json, Message, World } from './world.ts';

/**
 * What people do with the app. Each throws where Discord's own client would not let them, save for
 * `default_member_permissions`, which a server may override.
 */
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
