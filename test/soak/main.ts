import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noDisk, withSmallDisk } from '../core/store/small-disk.ts';
import { soak, type SoakResult } from './soak.ts';

/*
 * npm run soak -- [--kills N] [--seed S] [--channels N] [--json]
 *
 * Ends with 1 when a digest was lost or doubled.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    channels: { type: 'string', default: '75' },
    json: { type: 'boolean', default: false },
  },
});

const DISK = '256m';

async function run(folder: string, ownDisk: boolean): Promise<SoakResult> {
  return soak({
    folder,
    ownDisk,
    kills: Number(values.kills),
    seed: Number(values.seed),
    channels: Number(values.channels),
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
