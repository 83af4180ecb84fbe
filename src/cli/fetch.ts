import type { FetchProgress } from '../core/archive/index.ts';
import { clockOf, configOf, withApp } from './app.ts';
import { parseArguments, parseDate } from './arguments.ts';
import { UsageError, type Call } from './call.ts';

/** `paperboy fetch`: fills the archive, list by list. */
export const fetch: Call = {
  summary: 'Fills the archive with lists; run again, it goes on where it stopped.',
  options: [
    ['--from D', 'the first day as YYYY-MM-DD; that of --to unless given'],
    ['--to D', 'the last day; that of the newest closed list unless given'],
  ],
  async run(argv, terminal) {
    const { values } = parseArguments({
      args: [...argv],
      options: { from: { type: 'string' }, to: { type: 'string' } },
    });
    const config = configOf(terminal);
    const now = clockOf(config)();
    await withApp(config, {}, async ({ paperboy: { archive } }) => {
      const newest = archive.newestClosed();
      const to = values.to === undefined ? newest : parseDate('--to', values.to, now);
      const from = values.from === undefined ? to : parseDate('--from', values.from, now);
      if (from > to) throw new UsageError(`--from ${from} is after --to ${to}.`);
      let failures = 0;
      await archive.fetchRange(from, to, (progress) => {
        if (progress.error !== undefined) failures += 1;
        terminal.err(describe(progress));
      });
      if (failures > 0) throw new Error(failed(failures));
    });
  },
};

function describe({ done, total, date, source, papers, skipped, error }: FetchProgress): string {
  const prefix = `[${done}/${total}] ${date} ${source}:`;
  if (error !== undefined) return `${prefix} failed: ${error}`;
  if (skipped.length === 0) return `${prefix} ${papers} papers`;
  const ids = skipped.map(({ id, reason }) => `${id} (${reason})`).join(', ');
  return `${prefix} ${papers} papers, ${skipped.length} skipped: ${ids}`;
}

function failed(count: number): string {
  const lists = count === 1 ? '1 list' : `${count} lists`;
  return `${lists} could not be fetched. Run the same command again: it goes on where it stopped.`;
}
