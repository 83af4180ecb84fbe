import { configuredPlatforms } from '../platforms.ts';
import { configOf } from './app.ts';
import { parseArguments } from './arguments.ts';
import type { Call } from './call.ts';
import { serve } from './serve.ts';

/** `paperboy start`: runs the bot; without any token that is the local page. */
export const start: Call = {
  summary: 'Runs Paperboy until it is stopped. Without any token: the local page.',
  options: [],
  async run(argv, terminal) {
    parseArguments({ args: [...argv] });
    const config = configOf(terminal);
    await serve(terminal, config, configuredPlatforms(config));
  },
};
