import { backUp } from '../core/store/backup.ts';
import { configOf, databasePath } from './app.ts';
import { parseArguments } from './arguments.ts';
import { UsageError, type Call } from './call.ts';

const MB = 1_000_000;

/** `paperboy backup`: copies the database while the bot may go on using it. */
export const backup: Call = {
  summary: 'Copies the database to a new file, also while the bot runs.',
  options: [['<file>', 'must not exist yet']],
  async run(argv, terminal) {
    const { positionals } = parseArguments({ args: [...argv], allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      throw new UsageError('Name one file: paperboy backup paperboy-2026-08-20.db');
    }
    const config = configOf(terminal);
    const path = databasePath(config, config.offline);
    const size = ((await backUp(path, file)) / MB).toFixed(1);
    terminal.out(`Backed up ${path} to ${file} (${size} MB).\n`);
  },
};
