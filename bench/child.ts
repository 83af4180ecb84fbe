import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** The built command line, as it is installed. */
export const PAPERBOY = 'dist/main.js';

export interface Finished {
  /** Wall time from the start to the end of the process. */
  readonly ms: number;
  readonly stdout: string;
  /** Its largest resident memory; only where it was asked for. */
  readonly peakMb: number;
}

// VmHWM and not resourceUsage().maxRSS, since Linux starts the latter at the parent's own peak. Threads
// run the hook too, and end with an exit of their own.
const PEAK_HOOK = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    let kib = process.resourceUsage().maxRSS;
    try { kib = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]; } catch {}
    writeSync(3, String(kib));
  });
`)}`;

/** Runs Node to its end. Rejects when it fails, with what it said. */
export async function runNode(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly peak?: boolean } = {},
): Promise<Finished> {
  const hook = options.peak === true ? ['--import', PEAK_HOOK] : [];
  const began = performance.now();
  const child = spawn(process.execPath, [...hook, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, kib, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    text(child.stdio[3] as NodeJS.ReadableStream),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const ms = performance.now() - began;
  if (status !== 0)
    throw new Error(`node ${args.join(' ')} ended with ${status ?? 'a signal'}: ${stderr}`);
  return { ms, stdout, peakMb: Number(kib) / 1024 };
}
