import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK = Buffer.alloc(64 * 1024);

/** Takes what is free on the disk that holds the folder, until it is freed. */
export function fillDisk(folder: string): void {
  const file = openSync(join(folder, 'filler'), 'a');
  try {
    for (let size = CHUNK.length; size > 0;) {
      try {
        writeSync(file, CHUNK, 0, size);
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

export function freeDisk(folder: string): void {
  rmSync(join(folder, 'filler'), { force: true });
}
