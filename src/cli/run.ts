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
  doctor: async () => (await import('./doctor.ts')).doctor,
};

/**
 * Runs one command line and resolves with the exit status: 0 done, 1 failed, 2 wrong usage or
 * configuration. Never rejects; what went wrong is one line on `terminal.err`.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = 'help', ...rest] = argv;
  try {
    if (['help', '--help', '-h'].includes(name)) terminal.out(await help());
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

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(calls).map(async ([name, load]) => {
      const { usage, summary } = await load();
      return `  paperboy ${`${name} ${usage}`.trim()}\n      ${summary}`;
    }),
  );
  return `Paperboy brings each day’s research papers to your channels.\n\n${lines.join('\n')}\n`;
}

function isWrongUse(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return error instanceof UsageError || name === 'ConfigError';
}
