import { parseSince, takeSince } from '../core/commands/input/since.ts';
import { searchMessage } from '../core/commands/topic.ts';
import { configOf, withApp } from './app.ts';
import { parseArguments, parseChoice, parseNumber } from './arguments.ts';
import { UsageError, type Call } from './call.ts';
import { toTerminal } from './terminal.ts';

const FORMATS = ['text', 'json'] as const;

/** `paperboy search`: prints what `/papers topic` would answer. */
export const search: Call = {
  summary: 'Searches the archive and the sources, as /papers topic does.',
  options: [
    ['<query>', 'words, "words that belong together", author:"Jane Doe", org:Google, since:7d'],
    ['--format text|json', 'text is for people, json for programs'],
    ['--count N', 'papers, 1 to 20; 5 unless given'],
  ],
  async run(argv, terminal) {
    const { values, positionals } = parseArguments({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        count: { type: 'string', default: '5' },
      },
    });
    const asked = positionals.join(' ').trim();
    if (asked === '') throw new UsageError('Say what to search for: paperboy search "agents"');
    const format = parseChoice('--format', values.format, FORMATS);
    const limit = parseNumber('--count', values.count, 1, 20);
    await withApp(configOf(terminal), {}, async ({ paperboy, clock }) => {
      const { query, since: span } = takeSince(asked);
      const since = span === undefined ? undefined : parseSince(span, clock());
      const options = { limit, ...(since !== undefined && { since }) };
      const answer = await paperboy.services.search(query, options);
      const { color, width } = terminal;
      if (format === 'json') terminal.out(`${JSON.stringify({ query, ...answer }, null, 2)}\n`);
      else terminal.out(toTerminal(searchMessage(query, answer, since), { color, width }));
    });
  },
};
