import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments, parseNumber } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/call.ts';
import { noDisk, withSmallDisk } from '../core/store/small-disk.ts';
import { soak, type SoakOptions, type SoakResult } from './soak.ts';

/*
 * npm run soak -- [--kills N] [--minutes N] [--channels N] [--posts N] [--seed S] [--json]
 *
 * Posts digests to the wire-level servers from the built program, which first runs so many minutes
 * (a day each) without a break, and is then killed so many times. Ends with 1 when a digest was
 * lost or doubled. `--channels` are those of each platform, `--posts` the most that one life posts: few
 * make more kills a minute, many more digests. Ctrl-C ends the kills early.
 */
const OPTIONS = {
  kills: { type: 'string', default: '25' },
  minutes: { type: 'string', default: '0' },
  channels: { type: 'string', default: '75' },
  posts: { type: 'string', default: '90' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const;

const DISK = '256m';

async function main(): Promise<number> {
  const { values } = parseArguments({ args: process.argv.slice(2), options: OPTIONS });
  const enough = new AbortController();
  process.once('SIGINT', () => {
    enough.abort();
  });
  const result = await inFolder({
    kills: parseNumber('--kills', values.kills, 0, 100_000),
    minutes: parseNumber('--minutes', values.minutes, 0, 1_440),
    channels: parseNumber('--channels', values.channels, 1, 100),
    posts: parseNumber('--posts', values.posts, 1, 1_000),
    seed: parseNumber('--seed', values.seed, 0, 2 ** 32),
    enough: enough.signal,
    say,
  });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : toLines(result));
  return result.lost + result.doubled > 0 ? 1 : 0;
}

/** With a disk of its own where one may be mounted. */
async function inFolder(options: Omit<SoakOptions, 'folder' | 'ownDisk'>): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-soak-'));
  try {
    if (noDisk !== '') {
      say('There is no right to mount a disk here, so none is filled.');
      return await soak({ ...options, folder, ownDisk: false });
    }
    return await withSmallDisk(folder, DISK, (disk) =>
      soak({ ...options, folder: disk, ownDisk: true }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function toLines(result: SoakResult): string {
  const lines = Object.entries(result).map(([name, count]) => `${name.padEnd(10)}${count}\n`);
  return lines.join('');
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(error.message);
  process.exitCode = 2;
}
