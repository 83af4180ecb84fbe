import { fallbackPlatforms } from '../platforms.ts';
import { configOf } from './app.ts';
import { parseArguments, parseNumber } from './arguments.ts';
import type { Call } from './call.ts';
import { serve } from './serve.ts';

/** `paperboy preview`: the local page alone, whatever tokens are set. */
export const preview: Call = {
  summary: 'Shows the digest on a local page, without any token.',
  options: [['--port N', 'the page’s port; 7717 unless configured, and 0 takes any free one']],
  async run(argv, terminal) {
    const { values } = parseArguments({ args: [...argv], options: { port: { type: 'string' } } });
    const config = configOf(terminal);
    const port =
      values.port === undefined
        ? config.preview.port
        : parseNumber('--port', values.port, 0, 65_535);
    await serve(terminal, { ...config, preview: { port } }, fallbackPlatforms());
  },
};
