import type { Archive, FetchProgress } from '../core/archive/index.ts';
import type { DateString } from '../core/index.ts';
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
    const from = values.from === undefined ? undefined : parseDate('--from', values.from, now);
    const to = values.to === undefined ? undefined : parseDate('--to', values.to, now);
    if (from !== undefined && to !== undefined && from > to) {
      throw new UsageError(`--from ${from} is after --to ${to}.`);
    }
    await withApp(config, {}, async ({ paperboy: { archive } }) => {
      const failures = await fetchAll(archive, from, to, (line) => {
        terminal.err(line);
      });
      if (failures > 0) throw new Error(failed(failures));
    });
  },
};

/** Fetches, tells of each list, and says how many failed. */
async function fetchAll(
  archive: Archive,
  from: DateString | undefined,
  to: DateString | undefined,
  tell: (line: string) => void,
): Promise<number> {
  const newest = archive.newestClosed();
  // A first day without a last one may be today, whose list is still open.
  const last = to ?? (from !== undefined && from > newest ? from : newest);
  let failures = 0;
  await archive.fetchRange(from ?? last, last, (progress) => {
    if (progress.kind === 'failed' && progress.waitMs === undefined) failures += 1;
    tell(describe(progress));
  });
  return failures;
}

function describe(progress: FetchProgress): string {
  const { done, total, date, source } = progress;
  return `[${done}/${total}] ${date} ${source}: ${outcomeOf(progress)}`;
}

function outcomeOf({ kind, papers, skipped, error, waitMs }: FetchProgress): string {
  if (waitMs !== undefined) return `asked us to wait for ${Math.ceil(waitMs / 1000)} s`;
  if (kind === 'late') return `late: ${error ?? 'it gave no reason'}`;
  if (kind === 'failed') return `failed: ${error ?? 'it gave no reason'}`;
  if (kind === 'quiet') return 'no list that day';
  if (kind === 'early') return 'not open yet';
  const held = papers === 1 ? '1 paper' : `${papers} papers`;
  if (kind === 'complete') return `${held}, already here`;
  if (skipped.length === 0) return held;
  const ids = skipped.map(({ id, reason }) => `${id} (${reason})`).join(', ');
  return `${held}, ${skipped.length} skipped: ${ids}`;
}

function failed(count: number): string {
  const lists = count === 1 ? '1 list' : `${count} lists`;
  return `${lists} could not be fetched. Run the same command again: it goes on where it stopped.`;
}
