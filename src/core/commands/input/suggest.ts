import type { SuggestCall, Suggestion } from '../../command-call.ts';
import type { Log } from '../../log.ts';
import { shorten } from '../../text/index.ts';
import type { Command, CommandServices } from '../command.ts';

export interface SuggestOptions {
  readonly services: CommandServices;
  readonly log: Log;
}

export type Suggest = (call: SuggestCall) => Promise<readonly Suggestion[]>;

/** As many as Discord shows; longer ones it refuses. */
const MOST = 25;
const NAME_MAX = 100;

/** Offers what may complete an argument; nothing where nothing can, or when it fails. */
export function createSuggester(commands: readonly Command[], options: SuggestOptions): Suggest {
  const { services, log } = options;
  return async (call) => {
    const command = commands.find(({ name }) => name === call.name);
    const arg = command?.args.find(({ name }) => name === call.arg);
    try {
      const found = (await arg?.suggest?.(call.typed, { call, services })) ?? [];
      return found
        .filter(({ value }) => value.length <= NAME_MAX)
        .slice(0, MOST)
        .map(({ name, value }) => ({ name: shorten(name, NAME_MAX), value }));
    } catch (error) {
      log.error({ command: call.name, arg: call.arg, err: error }, 'suggestions failed');
      return [];
    }
  };
}
