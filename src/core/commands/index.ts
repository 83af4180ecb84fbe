import type { CommandDefinition } from '../platform.ts';
import type { Command } from './command.ts';
import { createDispatcher, type Dispatch, type DispatchOptions } from './dispatch.ts';
import { createHelp } from './help.ts';
import { save } from './save.ts';
import { saved } from './saved.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { today } from './today.ts';
import { topic } from './topic.ts';
import { trending } from './trending.ts';
import { unsave } from './unsave.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every subcommand of `/papers`, in the order of help. */
export const commands: readonly Command[] = [
  today,
  topic,
  trending,
  show,
  save,
  unsave,
  saved,
  subscribe,
  unsubscribe,
  status,
  createHelp(() => commands),
];

/** What platforms need to offer them natively. */
export const definitions: readonly CommandDefinition[] = commands.map(
  ({ name, summary, args, manages }) => ({ name, summary, args, manages: manages === true }),
);

/** Answers calls with the commands above; never rejects. */
export function createDispatch(options: DispatchOptions): Dispatch {
  return createDispatcher(commands, options);
}
