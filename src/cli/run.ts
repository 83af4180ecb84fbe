import { messageOf } from '../core/index.ts';
import { UsageError, type Call, type Terminal } from './call.ts';

/** Every call, loaded when it is made, so that a short one starts fast. */
const calls: Readonly<Record<string, () => Promise<Call>>> = {
  start: async () => (await import('./start.ts')).start,
  preview: async () => (await import('./preview.ts')).preview,
  digest: async () => (await import('./digest.ts')).digest,
  search: async () => (await import('./search.ts')).search,
  fetch: async () => (await import('./fetch.ts')).fetch,
  import: async () => (await import('./import.ts')).importCorpus,
  status: async () => (await import('./status.ts')).status,
};

/**
 * Runs one command line and resolves with the exit status: 0 done, 1 failed, 2 wrong usage or
 * configuration. Never rejects; what went wrong is one line on `terminal.err`.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = 'help', ...rest] = argv;
  try {
    if (isHelp(name)) terminal.out(await help(rest[0]));
    else if (asksForHelp(rest)) terminal.out(await help(name));
    else await (await find(name)).run(rest, terminal);
    return 0;
  } catch (error) {
    terminal.err(messageOf(error));
    return isWrongUse(error) ? 2 : 1;
  }
}

async function find(name: string): Promise<Call> {
  const load = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (load !== undefined) return load();
  throw new UsageError(
    `There is no call “${name}”. The calls are: ${Object.keys(calls).join(', ')}.`,
  );
}

function isHelp(word: string): boolean {
  return ['help', '--help', '-h'].includes(word);
}

/** What follows `--` is nobody's option. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv
    .slice(0, end === -1 ? argv.length : end)
    .some((word) => word.startsWith('-') && isHelp(word));
}

/** The help of one call, or of all. */
async function help(name?: string): Promise<string> {
  if (name !== undefined) return `${describe(name, await find(name))}\n`;
  const names = Object.keys(calls);
  const lines = await Promise.all(names.map(async (each) => describe(each, await find(each))));
  return `Paperboy brings each day’s research papers to your channels.\n\n${lines.join('\n')}\n`;
}

function describe(name: string, { usage, summary }: Call): string {
  return `  paperboy ${`${name} ${usage}`.trim()}\n      ${summary}`;
}

function isWrongUse(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return error instanceof UsageError || name === 'ConfigError';
}
