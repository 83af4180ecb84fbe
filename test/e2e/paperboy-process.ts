import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Where nothing answers: no test asks the network. */
const NOBODY = 'http://127.0.0.1:9';

/** What one finished command line printed. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program, as a person starts it, with no variable of ours but those given. */
export function startPaperboy(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): ChildProcessWithoutNullStreams {
  const path = process.env['PATH'] ?? '';
  return spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: path, PAPERBOY_ARXIV_URL: NOBODY, ...env },
    ...(cwd !== undefined && { cwd }),
  });
}

/** Runs one command line to its end. */
export async function runPaperboy(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<Outcome> {
  const child = startPaperboy(args, env, cwd);
  const output = collect(child);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...output() };
}

/** Gathers what a process prints; call the result for all of it so far. */
export function collect(child: ChildProcessWithoutNullStreams) {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return () => ({ stdout, stderr });
}

/** Waits until `find` gives something, asking again every `everyMs`. Rejects after `timeoutMs`. */
export async function eventually<Result>(
  find: () => Result | undefined | Promise<Result | undefined>,
  timeoutMs: number,
  what: () => string,
  everyMs = 100,
): Promise<Result> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what()}`);
}
