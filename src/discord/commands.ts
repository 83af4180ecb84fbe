import { Routes } from 'discord.js';
import { shorten, type ArgDefinition, type CommandDefinition } from '../core/index.ts';
import { hash } from './custom-id.ts';
import { toLogFields } from './errors.ts';
import { PLATFORM } from './settings.ts';
import type { Wire } from './wire.ts';

/** Servers and people may install the app; it works in servers and in any private conversation. */
const EVERYWHERE = { integration_types: [0, 1], contexts: [0, 1, 2] };

/** https://docs.discord.com/developers/interactions/application-commands */
const LIMITS = { description: 100, choices: 25 };

/** `/papers` with its subcommands, and the entries of messages' menus, as Discord takes them. */
export function toCommands(definitions: readonly CommandDefinition[]): object[] {
  const menus = definitions.flatMap(({ menu }) => menu ?? []);
  return [
    {
      type: 1,
      name: 'papers',
      description: 'Each day’s research papers',
      options: definitions.map(toSubcommand),
      ...EVERYWHERE,
    },
    ...menus.map((name) => ({ type: 3, name, ...EVERYWHERE })),
  ];
}

function toSubcommand({ name, summary, args }: CommandDefinition): object {
  // Discord wants what is required first; readers see them in this order.
  const own = args.filter(({ links }) => links !== true);
  const ordered = [...own.filter((arg) => arg.required), ...own.filter((arg) => !arg.required)];
  return {
    type: 1,
    name,
    description: shorten(summary, LIMITS.description),
    options: ordered.map(toOption),
  };
}

function toOption(arg: ArgDefinition): object {
  const { name, summary, kind, required, choices, min, max, suggests = false } = arg;
  const shared = { name, description: shorten(summary, LIMITS.description), required };
  if (kind === 'integer') {
    return {
      ...shared,
      type: 4,
      ...(min !== undefined && { min_value: min }),
      ...(max !== undefined && { max_value: max }),
    };
  }
  const offered = choices?.slice(0, LIMITS.choices).map((value) => ({ name: value, value }));
  return {
    ...shared,
    type: 3,
    ...(offered ? { choices: offered } : suggests && { autocomplete: true }),
  };
}

const MEMORY_KEY = 'commands';

/** Tells Discord our commands where they have changed: it takes only 200 new ones a day. */
export async function registerCommands(
  { ask, inbox, log }: Wire,
  application: string,
  definitions: readonly CommandDefinition[],
): Promise<void> {
  const body = toCommands(definitions);
  const state = hash(JSON.stringify([application, body]));
  if ((await inbox.memory.get(PLATFORM, MEMORY_KEY)) === state) return;
  try {
    await ask({ method: 'PUT', path: Routes.applicationCommands(application), body });
    await inbox.memory.set(PLATFORM, MEMORY_KEY, state);
    log.info({ commands: definitions.length }, 'told Discord the commands');
  } catch (error) {
    // What was registered before still works, and the next start tries again.
    log.error(toLogFields(error), 'Discord did not take the commands');
  }
}
