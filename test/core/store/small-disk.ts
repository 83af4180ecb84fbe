import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why a test of a disk of its own is skipped, for its title; empty where it runs. */
export const noDisk = canMount() ? '' : ' (skipped: no right to mount a small disk here)';

/** Runs `work` with the path of a disk of this size (`256k`), which goes afterwards. */
export async function withSmallDisk<Result>(
  folder: string,
  size: string,
  work: (disk: string) => Promise<Result>,
): Promise<Result> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  mount(disk, `size=${size}`);
  try {
    return await work(disk);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
}

/** Makes a mounted disk read-only. */
export function makeReadOnly(disk: string): void {
  mount(disk, 'remount,ro');
}

function mount(disk: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], { stdio: 'pipe' });
}

function canMount(): boolean {
  const disk = mkdtempSync(join(tmpdir(), 'paperboy-disk-'));
  try {
    mount(disk, 'size=64k');
    execFileSync('umount', ['-l', disk]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(disk, { recursive: true });
  }
}
