import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseNumber } from '../../src/cli/arguments.ts';
import { noDisk, withSmallDisk } from '../core/store/small-disk.ts';
import { soak, type SoakResult } from './soak.ts';

/*
 * npm run soak -- [--kills N] [--minutes N] [--channels N] [--seed S] [--json]
 *
 * Posts digests to the wire-level servers from the built program, which first runs so many minutes
 * (a day each) without a break, and is then killed so many times. Ends with 1 when a digest was
 * lost or doubled. `--channels` are those of each platform. Ctrl-C ends the kills early.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '25' },
    minutes: { type: 'string', default: '0' },
    channels: { type: 'string', default: '75' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const DISK = '256m';

const enough = new AbortController();
process.once('SIGINT', () => {
  enough.abort();
});

async function run(folder: string, ownDisk: boolean): Promise<SoakResult> {
  return soak({
    folder,
    ownDisk,
    kills: parseNumber('--kills', values.kills, 0, 100_000),
    minutes: parseNumber('--minutes', values.minutes, 0, 1_440),
    channels: parseNumber('--channels', values.channels, 1, 100),
    seed: parseNumber('--seed', values.seed, 0, 2 ** 32),
    enough: enough.signal,
    say: (line) => process.stderr.write(`${line}\n`),
  });
}

function show(result: SoakResult): string {
  const lines = Object.entries(result).map(([name, count]) => `${name.padEnd(10)}${count}\n`);
  return values.json ? `${JSON.stringify(result)}\n` : lines.join('');
}

const folder = mkdtempSync(join(tmpdir(), 'paperboy-soak-'));
try {
  let result: SoakResult | undefined;
  if (noDisk === '') {
    await withSmallDisk(folder, DISK, async (disk) => {
      result = await run(disk, true);
    });
  } else {
    process.stderr.write('There is no right to mount a disk here, so none is filled.\n');
    result = await run(folder, false);
  }
  if (result === undefined) throw new Error('The soak gave no result');
  process.stdout.write(show(result));
  process.exitCode = result.lost + result.doubled > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
