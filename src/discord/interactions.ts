import { OUTDATED, type CommandDefinition } from '../core/index.ts';
import { answer, offer } from './answer.ts';
import { tenantOf, toCall, whoseOf } from './calls.ts';
import { actionKey } from './custom-id.ts';
import { apiCode, toLogFields } from './errors.ts';
import { AUTOCOMPLETE, COMMAND, COMPONENT, FORM_SENT, type Interaction } from './interaction.ts';
import { PLATFORM } from './settings.ts';
import type { Wire } from './wire.ts';

/** Answers every interaction; never rejects. */
export type Interact = (interaction: Interaction) => Promise<void>;

/** The reader was gone before us, or somebody else had answered: nothing to be done. */
const TOO_LATE: ReadonlySet<number> = new Set([10008, 10015, 10062, 40060, 40094, 50027]);

export function createInteract(wire: Wire, definitions: readonly CommandDefinition[]): Interact {
  let missed = 0;
  const isPrivate = new Map(definitions.map((each) => [each.name, each.private]));
  const recall = (key: string) => wire.inbox.memory.get(PLATFORM, actionKey(key));

  const forumOf = (id: string) => {
    const post = wire.client.channels.cache.get(id);
    const parent = post?.isThread() === true ? post.parent : null;
    return parent?.isThreadOnly() === true ? parent.id : undefined;
  };

  async function act(interaction: Interaction): Promise<void> {
    const call = await toCall(interaction, definitions, recall, forumOf);
    if (call === undefined) {
      const tenant = tenantOf(interaction);
      wire.log.warn({ tenant, type: interaction.type }, 'an interaction is not one of ours');
      await answer(wire, interaction, true, Promise.resolve(OUTDATED));
      return;
    }
    const expectsPrivate = isPrivate.get(call.name) ?? true;
    await answer(wire, interaction, expectsPrivate, wire.inbox.command(call));
  }

  async function complete(interaction: Interaction): Promise<void> {
    const [subcommand] = interaction.data?.options ?? [];
    const option = subcommand?.options?.find(({ focused }) => focused === true);
    if (subcommand === undefined || option === undefined) return;
    const { channel, reader } = whoseOf(interaction);
    const typed = String(option.value ?? '');
    const call = { name: subcommand.name, arg: option.name, typed, channel, reader };
    await offer(wire, interaction, (await wire.inbox.suggest(call)).slice(0, MOST_CHOICES));
  }

  return async (interaction) => {
    try {
      if (interaction.type === AUTOCOMPLETE) await complete(interaction);
      else if (TYPES.has(interaction.type)) await act(interaction);
    } catch (error) {
      missed += 1;
      const level = TOO_LATE.has(apiCode(error) ?? 0) ? 'warn' : 'error';
      wire.log[level]({ missed, ...toLogFields(error) }, 'an interaction was not answered');
    }
  };
}

const TYPES: ReadonlySet<number> = new Set([COMMAND, COMPONENT, FORM_SENT]);
const MOST_CHOICES = 25;
