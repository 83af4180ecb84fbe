import type { Home, HomeCall } from '../home.ts';
import type { ArgDefinition, CommandDefinition } from '../platform.ts';
import type { Command, CommandArg } from './command.ts';
import { createDispatcher, type Dispatch, type DispatchOptions } from './dispatch.ts';
import { forYou } from './foryou.ts';
import { createHelp } from './help.ts';
import { createHome as createHomeOf } from './home/index.ts';
import { link } from './link.ts';
import { mute } from './mute.ts';
import { post } from './post.ts';
import { preview } from './preview.ts';
import { privacy } from './privacy.ts';
import { save } from './save.ts';
import { saved } from './saved.ts';
import { settings } from './settings.ts';
import { show } from './show.ts';
import { similar } from './similar.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { createChecker, type Check } from './input/problems.ts';
import { createSuggester, type Suggest, type SuggestOptions } from './input/suggest.ts';
import { today } from './today.ts';
import { topic } from './topic.ts';
import { topics } from './topics.ts';
import { trending } from './trending.ts';
import { unsave } from './unsave.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every subcommand of `/papers`, in the order of help. */
export const commands: readonly Command[] = [
  today,
  forYou,
  topic,
  trending,
  show,
  similar,
  save,
  unsave,
  saved,
  link,
  privacy,
  subscribe,
  topics,
  mute,
  settings,
  preview,
  post,
  unsubscribe,
  status,
  createHelp(() => commands),
];

/** What platforms need to offer them natively. */
export const definitions: readonly CommandDefinition[] = commands.map(toDefinition);

function toDefinition({ name, summary, args, menu, ...flags }: Command): CommandDefinition {
  return {
    name,
    summary,
    args: args.map(toArgDefinition),
    manages: flags.manages !== undefined,
    private: flags.private === true,
    ...(menu !== undefined && { menu }),
  };
}

/** Without what only the core can call. */
function toArgDefinition(arg: CommandArg): ArgDefinition {
  const { name, summary, kind, required, rest, choices, min, max, links, suggest } = arg;
  return {
    name,
    summary,
    kind,
    required,
    ...(rest !== undefined && { rest }),
    ...(choices !== undefined && { choices }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(links !== undefined && { links }),
    ...(suggest !== undefined && { suggests: true }),
  };
}

/** Answers calls with the commands above; never rejects. */
export function createDispatch(options: DispatchOptions): Dispatch {
  return createDispatcher(commands, options);
}

/** Completes arguments of the commands above; never rejects. */
export function createSuggest(options: SuggestOptions): Suggest {
  return createSuggester(commands, options);
}

/** Tells what is wrong with calls of the commands above. */
export const check: Check = createChecker(commands);

/** Composes readers' own pages of the commands above. Rejects only when the database does. */
export function createHome(options: DispatchOptions): (call: HomeCall) => Promise<Home> {
  const { services, clock: now } = options;
  return createHomeOf({ services, commands, dispatch: createDispatch(options), now });
}
