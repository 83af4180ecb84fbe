import { importCorpus as importFile } from '../core/archive/index.ts';
import { configOf, withApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import { UsageError, type Call } from './call.ts';

/** `paperboy import`: fills the archive from a file of papers. */
export const importCorpus: Call = {
  summary: 'Fills the archive from a file.',
  options: [['<corpus.jsonl[.gz]>', 'one paper a line, as JSON']],
  async run(argv, terminal) {
    const { positionals } = parseArguments({ args: [...argv], allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      throw new UsageError('Name one file: paperboy import corpus.jsonl.gz');
    }
    await withApp(configOf(terminal), {}, async ({ store, clock }) => {
      const { papers } = await importFile(store, file, {
        now: clock().toISOString(),
        onProgress: (count) => {
          terminal.err(`${count} papers read`);
        },
      });
      terminal.out(`${papers} papers imported from ${file}.\n`);
    });
  },
};
