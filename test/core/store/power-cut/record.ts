import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process did to a file of the folder, or said. A truncation's offset is the new size. */
export interface Deed {
  readonly kind: 'write' | 'truncate' | 'sync' | 'unlink' | 'say';
  /** Empty for the folder itself. */
  readonly name: string;
  readonly offset: number;
  readonly bytes: Buffer;
}

const KINDS = { w: 'write', t: 'truncate', s: 'sync', u: 'unlink', o: 'say' } as const;

const RECORDER = fileURLToPath(new URL('./recorder.c', import.meta.url));
const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** Why nothing can be recorded, for a test's title; empty where it can. */
export const noRecorder = whyNot();

function whyNot(): string {
  if (process.platform !== 'linux') return ' (skipped: only Linux lets a test listen to a process)';
  const { error } = spawnSync('cc', ['--version']);
  return error === undefined ? '' : ' (skipped: no C compiler, cc, here)';
}

/** Compiles what listens to a process, and returns its path. */
export function compileRecorder(folder: string): string {
  const recorder = join(folder, 'recorder.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', recorder, RECORDER, '-ldl']);
  return recorder;
}

/**
 * Lets writer.ts write to a new database `paperboy.db` in the folder (a real path), under the given
 * pragma, until it is killed, and resolves with all that it did, in order.
 */
export async function recordWriter(
  recorder: string,
  folder: string,
  pragma: string,
): Promise<Deed[]> {
  const record = `${folder}.record`;
  const args = ['--import', 'tsx', WRITER, join(folder, 'paperboy.db'), pragma];
  const env = { LD_PRELOAD: recorder, POWER_CUT_FOLDER: folder, POWER_CUT_LOG: record };
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself, with ${String(code)}.`);
  return deedsIn(readFileSync(record));
}

function deedsIn(record: Buffer): Deed[] {
  const deeds: Deed[] = [];
  for (let at = 0; at < record.length;) {
    const start = record.indexOf('\n', at) + 1;
    const [kind = '', name = '', offset, length] = record.toString('utf8', at, start).split('\t');
    at = start + Number(length);
    const bytes = record.subarray(start, at);
    deeds.push({ kind: KINDS[kind as keyof typeof KINDS], name, offset: Number(offset), bytes });
  }
  return deeds;
}
