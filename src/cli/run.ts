import { nearest } from '../core/commands/nearest.ts';
import { messageOf } from '../core/index.ts';
import { redact } from '../log.ts';
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
  backup: async () => (await import('./backup.ts')).backup,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

const HELP = ['help', '--help', '-h'];
const VERSION = ['version', '--version', '-v'];

/**
 * Runs one command line and resolves with the exit status: 0 done, 1 failed, 2 wrong usage or
 * configuration. Never rejects; what went wrong is one line on `terminal.err`.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await answer(argv, terminal);
    return 0;
  } catch (error) {
    terminal.err(redact(messageOf(error)));
    return isWrongUse(error) ? 2 : 1;
  }
}

async function answer([name = 'help', ...rest]: readonly string[], terminal: Terminal) {
  if (VERSION.includes(name)) terminal.out(`paperboy ${await version()}\n`);
  else if (HELP.includes(name)) terminal.out(await help(rest, terminal));
  else if (asksForHelp(rest)) terminal.out(await help([name], terminal));
  else await (await find(name)).run(rest, terminal);
}

/** What follows `--` is nobody's option. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = argv.slice(0, end === -1 ? argv.length : end);
  return options.some((word) => word.startsWith('-') && HELP.includes(word));
}

async function version(): Promise<string> {
  return (await import('../config.ts')).version;
}

async function find(name: string): Promise<Call> {
  const load = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (load !== undefined) return load();
  const names = Object.keys(calls);
  const [meant] = nearest(name, [...names, 'help']);
  const hint =
    meant === undefined ? `The calls are: ${names.join(', ')}.` : `Did you mean ${meant}?`;
  throw new UsageError(`There is no call “${name}”. ${hint}`);
}

async function help([name]: readonly string[], terminal: Terminal): Promise<string> {
  const { explain, overview } = await import('./help.ts');
  if (name !== undefined) return explain(name, await find(name), terminal);
  const all = Object.entries(calls).map(async ([each, load]) => [each, await load()] as const);
  return overview(await Promise.all(all), terminal);
}

function isWrongUse(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return error instanceof UsageError || name === 'ConfigError';
}
